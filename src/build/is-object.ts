/** Whether a value from outside is an object whose properties can be looked at; lists and functions are none. */
export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
