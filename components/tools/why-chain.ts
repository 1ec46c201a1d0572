import { html, nothing, type TemplateResult } from 'lit';
import { type ChainPath, carried } from '../../src/explain/chain.ts';
import type { CellReference } from '../../src/explain/explanation.ts';
import type { Figures } from '../../src/explain/figures.ts';
import {
  type Factor,
  type LossChain,
  type Provenance,
  texDerivative,
  texProduct,
} from '../../src/explain/provenance.ts';
import { cellName } from '../../src/formula/model.ts';
import { spokenName, texName } from '../../src/formula/notation.ts';
import { formatCount } from '../../src/number/format.ts';
import { whyWords as words } from '../../src/words/tools/why.ts';
import { math } from '../base/math.ts';

/** Different factors explained at most; those of further paths are like them. */
const mostFactors = 12;
/** Relative tolerance between the model's own derivative and the chain rule. */
const close = 1e-9;

interface Shown {
  /** Of the session's machine: it has found `found`, and prints its factors. */
  readonly whys: Provenance;
  /** Decides how many digits are shown. */
  readonly figures: Figures;
  /** From 1: the frame of `found`. */
  readonly frame: number;
  /** The chain to show. */
  readonly found: LossChain;
  /** Whether the chain is by the selected cell, and not, where that is a derivative, by what it is taken by. */
  readonly isItself: boolean;
  /** Makes a button or the like that selects a cell. */
  readonly link: (cell: CellReference) => TemplateResult;
}

/**
 * How a loss depends on a cell: the chain rule in symbols and numbers, path by path, each factor, the quantities that the paths
 * pass, and the model's own derivative beside it.
 */
export function chainTemplate(shown: Shown): TemplateResult {
  const { found, figures, isItself } = shown;
  const { chain, paths } = found;
  const isWhole = paths.length === chain.pathCount;
  return html`
    ${isItself ? nothing : html`<p class="quiet">${words.isDerivative}</p>`}
    ${
      chain.pathCount === 1
        ? nothing
        : html`<p class="quiet">${isWhole ? words.paths(formatCount(chain.pathCount)) : words.largest(formatCount(chain.pathCount), paths.length)}</p>`
    }
    <div class="math" role="group" aria-label=${words.derivative(chain.loss)} tabindex="0">
      ${paths.length === 1 && isWhole ? singleTemplate(shown, paths[0]) : paths.map((path, n) => pathTemplate(shown, path, n, isWhole))}
      ${chain.pathCount === 1 ? nothing : html`<div ${math(`\\displaystyle ${whole(shown)} = ${figures.tex(chain.value)}`)}></div>`}
    </div>
    ${chain.share === 1 ? nothing : html`<p class="quiet">${words.share}</p>`}
    ${factorsTemplate(shown)}${crossingsTemplate(shown)}${ownTemplate(shown)}`;
}

const whole = ({ figures, found }: Shown): string => texDerivative(figures, lossOf(found), found.by);

/** The loss; one that every sample has is that of the sample where only one is reached. */
function lossOf({ chain }: LossChain): CellReference | string {
  const ends = chain.cells.filter(({ name }) => name === chain.loss);
  return ends.length === 1 && chain.share === 1 ? ends[0] : chain.loss;
}

function symbolsOf({ figures, whys, found: { chain } }: Shown, path: ChainPath): string {
  const share = chain.share === 1 ? [] : [`\\tfrac{1}{${Math.round(1 / chain.share)}}`];
  const factors = whys.factors(chain, path).map(({ of, by }) => texDerivative(figures, of, by));
  return [...share, ...factors].join(' \\cdot ') || '1';
}

function numbersOf({ figures, whys, found: { chain } }: Shown, path: ChainPath): string {
  const share = chain.share === 1 ? [] : [`\\tfrac{1}{${Math.round(1 / chain.share)}}`];
  const factors = whys.factors(chain, path).map(({ value }) => figures.tex(value));
  return texProduct([...share, ...factors]) || '1';
}

function singleTemplate(shown: Shown, path: ChainPath): TemplateResult {
  const symbols = symbolsOf(shown, path);
  // A loss by itself, or by a cell that it reads directly, has nothing to multiply.
  const isOne = path.cells.length <= 2 && shown.found.chain.share === 1;
  return html`<div ${math(`\\displaystyle ${whole(shown)}${isOne ? '' : ` = ${symbols}`}`)}></div>
    ${isOne ? nothing : html`<div ${math(`\\displaystyle {}= ${numbersOf(shown, path)}`)}></div>`}
    <div ${math(`\\displaystyle {}= ${shown.figures.tex(path.product)}`)}></div>`;
}

function pathTemplate(shown: Shown, path: ChainPath, n: number, isWhole: boolean): TemplateResult {
  const sign = n === 0 ? `${isWhole ? `${whole(shown)} =` : ''}` : '{}+';
  return html`<div ${math(`\\displaystyle ${sign} ${symbolsOf(shown, path)}`)}></div>
    <div class="quiet" ${math(`\\displaystyle {}\\quad ${numbersOf(shown, path)} = ${shown.figures.tex(path.product)}`)}></div>`;
}

/** The factors of the shown paths, each once. */
function factorsOf({ whys, found: { chain, paths } }: Shown): Factor[] {
  const found = new Map<string, Factor>();
  for (const path of paths)
    for (const factor of whys.factors(chain, path)) {
      const { of, by } = factor;
      const key = `${of.version} ${cellName(of.name, of.cell)} ${by.version} ${cellName(by.name, by.cell)}`;
      if (!found.has(key)) found.set(key, factor);
    }
  return [...found.values()].slice(0, mostFactors);
}

function factorsTemplate(shown: Shown): TemplateResult | typeof nothing {
  const { whys, figures, frame } = shown;
  const factors = factorsOf(shown);
  if (factors.length === 0) return nothing;
  return html`<p class="quiet">${words.where}</p><div class="math factors" role="group" aria-label=${words.factor} tabindex="0">${factors.map(
    (factor) => {
      const { symbols, numbers } = whys.texFactor(factor, frame, figures);
      const value = figures.tex(factor.value);
      const parts = [symbols, numbers, value].filter(
        (text, n, all) => n === 0 || bare(text) !== bare(all[n - 1]),
      );
      return html`<div ${math(`\\displaystyle ${texDerivative(figures, factor.of, factor.by)} = ${parts.join(' = ')}`)}></div>`;
    },
  )}</div>`;
}

/** TeX without `\htmlData`. */
const bare = (tex: string): string => tex.replaceAll(/\\htmlData\{[^}]*\}\{([^{}]*)\}/g, '$1');

function crossingsTemplate({ found, figures, link }: Shown): TemplateResult | typeof nothing {
  const { crossings, chain } = found;
  if (crossings.length === 0) return nothing;
  return html`<div class="rows"><table>
    <thead><tr><th scope="col">${words.through}</th><th scope="col">${words.count}</th><th scope="col">${words.carries}</th><th scope="col">${words.most}</th></tr></thead>
    <tbody>${crossings.map(
      ({ name, version, cells, total, largest }) => html`<tr>
        <th scope="row"><span class="visually-hidden">${spokenName(figures.model, name)}</span><span ${math(texName(figures.model, name, []) + (version === 'new' ? '^{+}' : ''), 'silent')}></span></th>
        <td>${formatCount(cells)}</td><td>${figures.text(total)}</td>
        <td>${largest.map((at) => html`<span class="crossing">${link(chain.cells[at])} ${figures.text(carried(chain.cells[at]))} </span>`)}</td>
      </tr>`,
    )}</tbody>
  </table></div>`;
}

function ownTemplate({ found: { own, chain }, figures, link }: Shown): TemplateResult {
  return html`${own.map(({ adjoint, value }) => {
    const agrees = Math.abs(value - chain.value) <= close * Math.max(Math.abs(value), Math.abs(chain.value));
    const isRounded = figures.runPrecision === 'lesson' && figures.model.store.length > 0;
    const [cell] = adjoint.cells;
    const kind = agrees ? 'agrees' : isRounded ? 'rounded' : 'differs';
    const sign = adjoint.factor < 0 ? '−' : '';
    return html`<p class="verdict ${kind}">${words.own} ${sign}${link(cell)} = ${figures.text(value)}, ${words[kind]}</p>`;
  })}`;
}
