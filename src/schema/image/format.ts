/**
 * What an image is called and of which version: see docs/image.md, which describes all of it.
 *
 * An image is the model as one JSON document. Whoever changes what is in it in a way that a reader of before would not
 * understand raises the version.
 */

/** The first key of an image; its value is the version. */
export const IMAGE_KEY = "qapi-image";

/** The newest version, which can be read and is written of a schema that has signals. */
export const IMAGE_VERSION = 2;

/** The version before, which is written of any other schema, so that an older qapi-codegen can read that. */
export const VERSION_WITHOUT_SIGNALS = 1;
