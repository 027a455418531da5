/** What a model is turned into stands for that model. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { toImage } from "../../src/schema/image/to-image.js";
import { print } from "../../src/schema/print.js";
import { arbitrarySchema } from "../support/arbitrary-schema.js";
import { schemaOf } from "../support/harness.js";
import { plainModel } from "../support/plain-model.js";
import { parameters } from "../support/property.js";

test("parse(print(model)) is the model", () => {
  fc.assert(
    fc.property(arbitrarySchema, (files) => {
      const schema = schemaOf(files);
      const again = schemaOf(Object.fromEntries(print(schema)));
      expect(again.modules.map(({ name }) => name)).toEqual(schema.modules.map(({ name }) => name));
      expect(plainModel(again)).toEqual(plainModel(schema));
    }),
    parameters(300),
  );
});

test("read(image(model)) is the model, and an image has one spelling", () => {
  fc.assert(
    fc.property(arbitrarySchema, (files) => {
      const schema = schemaOf(files);
      const image = toImage(schema);
      const again = schemaOf({ "x.json": image });
      expect(plainModel(again)).toEqual(plainModel(schema));
      expect(toImage(again)).toBe(image);
    }),
    parameters(300),
  );
});

test("read(image(model)) without documentation is the model without documentation", () => {
  fc.assert(
    fc.property(arbitrarySchema, (files) => {
      const schema = schemaOf(files);
      const again = schemaOf({ "x.json": toImage(schema, { docs: false }) });
      expect(plainModel(again)).toEqual(plainModel(schema, { docs: false }));
    }),
    parameters(100),
  );
});
