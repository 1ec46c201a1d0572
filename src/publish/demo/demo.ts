import { readDrawing } from '../../explain/drawing.ts';
import { Figures } from '../../explain/figures.ts';
import { derivedCells } from '../../export/latex/derivation-lines.ts';
import { spokenName } from '../../formula/notation.ts';
import type { Phase } from '../../formula/statement.ts';
import { attributes, escapeHtml } from '../../lesson/markdown/html.ts';
import { MathRenderer } from '../../lesson/markdown/math.ts';
import { StyleClasses } from '../../lesson/markdown/style-class.ts';
import { Machine } from '../../machine/machine.ts';
import type { Program } from '../../program/program.ts';
import { placeHash } from '../../session/links/place.ts';
import { demoWords as words } from '../../words/lesson/demo.ts';
import { type ComputedCell, networkStates } from './network-states.ts';

/** A model that the first page steps through. */
export interface DemoModel {
  readonly id: string;
  readonly program: Program;
  /** The address of its lesson's page. */
  readonly address: string;
}

/** The HTML of the demo, and the rules of the classes in its formulas: see `styleSheet`. */
export interface Demo {
  readonly html: string;
  readonly styles: ReadonlyMap<string, string>;
}

/**
 * One frame of a model, a cell a step, as a figure with all its steps: it stands still where backpropagation begins, and
 * `play` (player.ts) sets it going. Undefined for a model that is not drawn as a network.
 */
export function demoOf({ id, program, address }: DemoModel): Demo | undefined {
  const drawing = readDrawing(program.model);
  if (drawing === undefined) return undefined;
  const machine = new Machine(program, 'lesson');
  const figures = new Figures(program.model, 'lesson');
  const styles = new StyleClasses();
  const math = new MathRenderer(styles);
  const steps: (ComputedCell & { readonly html: string; readonly phase: Phase })[] = [];
  for (const derived of derivedCells(machine, { first: 1, last: program.size }, figures)) {
    const { formula, cell, target, sign, symbols, numbers, computed, stored } = derived;
    const { phase, version } = formula;
    const operations = machine.cellOperations(1, formula, cell);
    const reads = Array.from({ length: operations.length }, (_, at) => operations.operation(at + 1)).flatMap(
      ({ operands }) =>
        operands.flatMap((one) =>
          one.kind === 'cell'
            ? [{ name: one.reference.name, version: one.reference.version, cell: one.cell }]
            : [],
        ),
    );
    const name = { name: formula.target, cell };
    const place = { model: id, frame: 1, pass: phase, cell: `${name.name}${cell.length ? `[${cell}]` : ''}` };
    const isRounded = stored !== undefined && stored.value !== computed;
    const value = isRounded ? `= ${computed} \\approx ${stored.value}` : `= ${computed}`;
    const tex = `\\begin{aligned}${target} &${sign} ${symbols}\\\\ &= ${numbers}\\\\ &${value}\\end{aligned}`;
    const html = [
      `<p class="what"><span class="phase">${words[phase]}</span> ${escapeHtml(spokenName(program.model, name.name))}</p>`,
      `<div class="math">${math.render(tex, true)}</div>`,
    ].join('');
    const data = { class: 'moment', 'data-phase': phase, 'data-address': `${address}${placeHash(place)}` };
    steps.push({
      target: { ...name, version },
      reads,
      phase,
      html: `<div${attributes(data)}>${html}</div>`,
    });
  }
  const still = Math.max(1, steps.findIndex(({ phase }) => phase === 'backward') + 1);
  const html = `<figure${attributes({ class: 'demo', 'data-still': still, 'aria-label': words.label })}>
${networkStates(drawing, machine, figures, steps)}
<div class="slot">${steps[still - 1].html}</div>
<figcaption><span class="controls" hidden><button type="button" name="back">${words.back}</button><button type="button" name="play"${attributes({ 'data-play': words.play, 'data-stop': words.stop })}>${words.play}</button><button type="button" name="next">${words.next}</button><output></output></span><a class="open" href="${escapeHtml(address)}">${words.open}</a></figcaption>
<template>${steps.map((step) => step.html).join('\n')}</template>
</figure>
`;
  return { html, styles: styles.rules };
}
