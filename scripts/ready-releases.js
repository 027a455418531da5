/** The releases whose output is in generated/, and in the package ready to import: `qapi-codegen/qemu-10.2`. */
export const READY = ["qemu@10.2", "qemu@7.2", "qga@10.2"].map((release) => ({
  release,
  /** What the output is called, in generated/, in dist/ready/ and in `exports`. */
  folder: release.replace("@", "-"),
}));
