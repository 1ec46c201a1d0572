import katex from 'katex';
import type { Diagnostic } from '../../formula/diagnostic.ts';
import type { Model } from '../../formula/model.ts';
import { texName } from '../../formula/notation.ts';
import { texBounds } from '../../formula/tex-limits.ts';

/** Warnings of `write` lines that KaTeX cannot set: every formula with such a name would stand there as TeX. */
export function unsettableNotations(model: Model): Diagnostic[] {
  const found: Diagnostic[] = [];
  for (const [name, { span }] of model.tex) {
    const indices = model.quantities.get(name)?.shape.map((_, d) => `i_{${d}}`) ?? [];
    // As it stands in formulas: behind a sum, and beside others of its kind.
    const tex = texName(model, name, indices);
    const fault = settingFault(`\\sum_{i}^{n} ${tex} \\cdot ${tex}`);
    if (fault === undefined) continue;
    found.push({
      severity: 'warning',
      rule: 'notation',
      span,
      message: `${name} cannot be set so: ${fault}`,
    });
  }
  return found;
}

/** Why KaTeX refuses a formula; undefined where it does not. */
function settingFault(tex: string): string | undefined {
  try {
    katex.renderToString(tex, { ...texBounds, output: 'html', strict: 'ignore' });
    return undefined;
  } catch (thrown) {
    if (thrown instanceof katex.ParseError) return (thrown as { rawMessage?: string }).rawMessage;
    return 'it is too deep';
  }
}
