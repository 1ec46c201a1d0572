import { derivativeOf, type Model } from '../../formula/model.ts';
import { compileProgram } from '../../program/program.ts';

/**
 * A model's text with a claim for each derivative of its losses: by data, and by all that forward computes. A text that does not
 * compile stays as it is.
 */
export function claimingAll(text: string): string {
  const { program } = compileProgram(text);
  if (program === undefined) return text;
  const { model } = program;
  const losses = new Set(model.formulas.map(derivativeOf).flatMap((one) => (one ? [one.of] : [])));
  const lines: string[] = [];
  // Where the loss does not depend on it, or a line claims it already, there is nothing to add.
  for (const loss of losses)
    for (const line of claimsOf(loss, model))
      if (compileProgram(within(text, [...lines, line(lines.length)])).program)
        lines.push(line(lines.length));
  return lines.length === 0 ? text : within(text, lines);
}

function claimsOf(loss: string, { quantities, formulas }: Model): ((number: number) => string)[] {
  return [...quantities.values()]
    .filter(
      ({ role, name }) =>
        role !== 'computed' || formulas.some(({ target, phase }) => target === name && phase === 'forward'),
    )
    .map(({ name, shape, perSample }) => {
      const rank = shape.length - (perSample ? 1 : 0);
      const indices = Array.from({ length: rank }, (_, d) => `at${'abcdefgh'[d]}`);
      const at = rank === 0 ? '' : `[${indices.join(',')}]`;
      return (number: number) => `  asked${number}${at} : d${loss}/d${name}${at}`;
    });
}

/** The text with lines at the head of its backward pass, or in one of their own before its update. */
function within(text: string, lines: readonly string[]): string {
  const block = `${lines.join('\n')}\n`;
  if (/^\s*backward\b.*\n/m.test(text))
    return text.replace(/^\s*backward\b.*\n/m, (head) => `${head}${block}`);
  if (/^[ ]*update\b/m.test(text))
    return text.replace(/^[ ]*update\b/m, (head) => `backward\n${block}${head}`);
  return `${text}\nbackward\n${block}`;
}
