/** What is used of `@stellar/js-xdr`, which comes without types. Not published. */
declare module "@stellar/js-xdr" {
  /**
   * In Node, and whoever else reads `main` of its package.json, the library is the default export; a bundler that reads `module` gets one
   * that has each thing as an export of its own, and no default.
   */
  const library: library.XdrLibrary & { readonly default?: library.XdrLibrary };
  export = library;

  namespace library {
    /** Bytes that are read, from front to back. */
    interface XdrReader {
      /** @throws if there are bytes that nobody has read. */
      ensureInputConsumed(): void;
    }

    /** Bytes that are written, in memory that grows. */
    interface XdrWriter {
      /** What was written: a view of memory that is larger. */
      finalize(): Uint8Array;
    }

    /** A type of XDR. Both methods throw TypeErrors and RangeErrors, with texts that are not documented. */
    interface XdrType<Written, Read = Written> {
      read(reader: XdrReader): Read;
      write(value: Written, writer: XdrWriter): void;
    }

    interface XdrLibrary {
      /** Copies the bytes. */
      readonly XdrReader: new (bytes: Uint8Array) => XdrReader;
      /** @param size - How many bytes there is room for at first. */
      readonly XdrWriter: new (size: number) => XdrWriter;
      readonly Int: XdrType<number>;
      readonly UnsignedInt: XdrType<number>;
      readonly Hyper: XdrType<bigint, { toBigInt(): bigint }>;
      /** Bytes are read as a view of what the reader has, and written as they are: nobody looks whether they are UTF-8. */
      readonly String: new (maxLength: number) => XdrType<Uint8Array>;
      readonly Opaque: new (length: number) => XdrType<Uint8Array>;
    }
  }
}
