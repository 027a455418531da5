/**
 * What an image is called and of which version: see docs/image.md, which describes all of it.
 *
 * An image is the model as one JSON document. Whoever changes what is in it in a way that a reader of before would not
 * understand raises the version.
 */

/** The first key of an image; its value is the version. */
export const IMAGE_KEY = "qapi-image";

/** The version that is written, and the newest that can be read. */
export const IMAGE_VERSION = 1;
