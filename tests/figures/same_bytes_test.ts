import { assertEquals, assertNotEquals } from "@std/assert";
import { diagrams, plots } from "../../figures/mod.ts";
import { sampleRecord } from "./sample.ts";

const record = sampleRecord(1875);
const draw: readonly (() => string)[] = [
  ...Object.values(diagrams),
  ...Object.values(plots).map((plot) => () => plot(record)),
];

Deno.test("figures drawn in the opposite order have the same bytes", () => {
  const forwards = draw.map((figure) => figure());
  const backwards = draw.toReversed().map((figure) => figure()).toReversed();
  assertEquals(backwards, forwards);
});

Deno.test("a record read back from JSON with its settings in another order draws the same bytes", () => {
  const turn = <T>(values: Readonly<Record<string, T>>) =>
    Object.fromEntries(Object.entries(values).toReversed());
  const read = JSON.parse(JSON.stringify({
    ...record,
    configuration: turn(record.configuration),
    environment: turn(record.environment),
    columns: turn(record.columns),
  }));
  assertEquals(plots["residual-experiment"](read), plots["residual-experiment"](record));
});

Deno.test("figures do not ask for the machine's locale or time zone", () => {
  const { DateTimeFormat, NumberFormat } = Intl;
  const { toLocaleString } = Number.prototype;
  const before = draw.map((figure) => figure());
  // Stand-ins that give what another machine would where nothing was asked for.
  Number.prototype.toLocaleString = function (locale = "de-CH", options = {}) {
    return toLocaleString.call(this, locale, options);
  };
  Intl.NumberFormat = function (locale = "ar-EG", options = {}) {
    return new NumberFormat(locale, options);
  } as unknown as typeof Intl.NumberFormat;
  Intl.DateTimeFormat = function (locale = "ar-EG", options = {}) {
    return new DateTimeFormat(locale, { timeZone: "Asia/Kathmandu", ...options });
  } as unknown as typeof Intl.DateTimeFormat;
  try {
    assertNotEquals((1875).toLocaleString(), "1,875");
    assertEquals(draw.map((figure) => figure()), before);
  } finally {
    Number.prototype.toLocaleString = toLocaleString;
    Object.assign(Intl, { DateTimeFormat, NumberFormat });
  }
});
