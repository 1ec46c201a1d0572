import katex from 'katex';
import type { Diagnostic } from '../../formula/diagnostic.ts';
import type { Model } from '../../formula/model.ts';
import { texName } from '../../formula/notation.ts';
import { texBounds } from '../../formula/tex-limits.ts';

/**
 * A warning (rule `notation`, at the line in the model's text) for every `write` line that KaTeX cannot set: formulas with such
 * a name would be shown as plain TeX. Empty where all are settable.
 */
export function unsettableNotations(model: Model): Diagnostic[] {
  const found: Diagnostic[] = [];
  for (const [name, { span }] of model.tex) {
    const indices = model.quantities.get(name)?.shape.map((_, d) => `i_{${d}}`) ?? [];
    // As in formulas: after a sum, and beside another of its kind.
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
