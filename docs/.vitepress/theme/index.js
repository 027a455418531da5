// The default theme with the fonts of the reader's system, so that pages load nothing for text.
import DefaultTheme from "vitepress/theme-without-fonts";
import "./site.css";

export default DefaultTheme;
