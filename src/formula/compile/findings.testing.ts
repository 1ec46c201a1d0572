import { expect } from 'vitest';
import { compileModel } from './compile.ts';

/** `line:column rule message` of each finding in a model's text. */
export const findings = (text: string): string[] =>
  compileModel(text).diagnostics.map(
    ({ span, rule, message }) => `${span.line}:${span.column} ${rule} ${message}`,
  );

/** The first finding begins like this, and there is no other. */
export function expectOnly(text: string, wanted: string): void {
  const found = findings(text);
  expect(found, text).toHaveLength(1);
  expect(found[0].startsWith(wanted), `${found[0]}\ninstead of\n${wanted}`).toBe(true);
  expect(compileModel(text).model).toBeUndefined();
}
