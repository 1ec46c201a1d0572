import type { Diagnostics } from '../diagnostic.ts';
import { measureExpression, sizeFaultOf } from '../expression-size.ts';
import { deepestTex, longestTex, mostPartsOfAll } from '../limits.ts';
import type { Model } from '../model.ts';
import { depthOfTex } from '../parse/written-tex.ts';
import { asTree, print } from '../print/printer.ts';
import { tex, texFormula } from '../print/tex.ts';
import { TexBounds, type TexSize } from '../print/tex-size.ts';
import type { Draft } from './draft.ts';

/**
 * Reports (`size`) the first written formula or function that is too large for a page to display, or all of them together; true
 * if there is one.
 */
export function isTooMuch({ lines, statements, diagnostics }: Draft): boolean {
  let sum = 0;
  for (const { expression, lineSpan } of lines) {
    if (expression === undefined) continue;
    const parts = measureExpression(expression);
    sum += parts.all;
    const fault = sizeFaultOf(parts);
    if (fault === undefined && sum <= mostPartsOfAll) continue;
    diagnostics.error(lineSpan, 'size', fault === undefined ? tooManyParts : tooLong('this formula', fault));
    return true;
  }
  for (const one of statements) {
    if (one.kind !== 'function') continue;
    const fault = [one.body, ...one.slopes]
      .map((e) => sizeFaultOf(measureExpression(e)))
      .find((found) => found !== undefined);
    if (fault === undefined) continue;
    diagnostics.error(one.span, 'size', tooLong(`the function ${one.name}`, fault));
    return true;
  }
  return false;
}

/** The message for a model whose formulas are too large together. */
export const tooManyParts = `all formulas together have more than ${mostPartsOfAll} operations, cells and numbers; make the model smaller`;

const tooLong = (what: string, fault: string): string =>
  `${what} has ${fault}, too many to be read; compute parts of it in lines of their own`;

const tooLongDerived = (what: string, fault: string): string =>
  `the derivative ${what} comes out with ${fault}, too many to be read; ask for a derivative on its way as well, such as d : dL/dh`;

/**
 * Reports (`size`) the first formula or function of a finished model that is too large to be displayed, or whose TeX is too
 * long or too deeply nested to be typeset, or from which on all formulas together are too large.
 */
export function checkLegibility(model: Model, diagnostics: Diagnostics): void {
  const bounds = new TexBounds(model);
  let sum = 0;
  for (const formula of model.formulas) {
    const parts = measureExpression(formula.expression);
    sum += parts.all;
    const fault =
      sizeFaultOf(parts) ??
      (sum > mostPartsOfAll || isLegible(bounds.ofFormula(formula))
        ? undefined
        : texFault(texFormula(model, formula)));
    if (fault !== undefined) {
      const message = (formula.derived ? tooLongDerived : tooLong)(formula.target, fault);
      diagnostics.error(formula.derived ? formula.span : formula.lineSpan, 'size', message);
    } else if (sum > mostPartsOfAll) diagnostics.error(formula.span, 'size', tooManyParts);
    else continue;
    return;
  }
  for (const { name, body, span } of model.functions.values()) {
    if (isLegible(bounds.of(body))) continue;
    const fault = texFault(print(asTree(body), tex(model)).text);
    if (fault === undefined) continue;
    diagnostics.error(span, 'size', tooLong(`the function ${name}`, fault));
    return;
  }
}

/** Whether TeX within a bound can be typeset in any case, so that it need not be written to be measured. */
const isLegible = ({ letters, depth }: TexSize): boolean => letters <= longestTex && depth <= deepestTex;

/** Which limit a formula's TeX exceeds; undefined where it can be typeset. */
function texFault(text: string): string | undefined {
  if (text.length > longestTex) return `more than ${longestTex} letters of TeX`;
  return (depthOfTex(text) ?? 0) > deepestTex ? `more than ${deepestTex} levels in each other` : undefined;
}
