import { fileOf } from '../../data/file.ts';
import { tablesIn } from '../../formula/compile/tables.ts';
import { serializeProgram } from '../../program/serialization.ts';
import { pageWords as words } from '../../words/lesson/page.ts';
import { attributes, escapeHtml, escapeText } from '../markdown/html.ts';
import { markdownLimits } from '../markdown/limits.ts';
import type { LessonModel } from '../model/model.ts';
import { numbersTable } from '../page/numbers.ts';
import { errorCard, type Page, shownModel } from '../page/page.ts';
import type { Directive } from './directive.ts';

/** The most frames that the table of numbers may cover. */
const mostFrames = 9;

/**
 * `:::{debugger} id`: the instrument. Its content is its data, and what a reader without scripts sees: the formulas and a table
 * of the numbers after the first frame, or after each of the first N (up to 9) with `frames: N`; none with `frames: 0`. Errors of the model are shown on
 * a card.
 */
export const debuggerDirective: Directive = {
  options: ['frames'],
  prose: false,
  stage: true,
  render({ argument: id, options, place }, page) {
    page.contents.shows(id);
    const requested = options.get('frames');
    const frames = Number(requested?.value ?? 1);
    const isCount = /^\d+$/.test(requested?.value ?? '1') && frames <= mostFrames;
    if (requested && !isCount) {
      page.findings.error(
        requested.place,
        'option',
        `frames is a whole number from 0 to ${mostFrames}, not ${requested.value}`,
      );
    }
    const model = shownModel(page, id, place);
    const faults = page.shown > markdownLimits.instruments ? [] : faultsOf(page, id);
    const card = faults.length > 0 ? errorCard(page, `Something is wrong with the model ${id}.`, faults) : '';
    if (model === undefined) return card || errorCard(page, `The model ${id} cannot be shown.`, []);
    const source = sourceOf(model);
    const table = numbersTable(model, isCount ? frames : 1, page.math, (message) =>
      page.findings.error(place, 'math', message),
    );
    const numbers = frames === 0 ? '' : `<div slot="numbers">\n${table}\n</div>\n`;
    return `${card}<back-step${attributes({ model: id, frames: requested && frames, webassembly: page.webAssembly ? undefined : 'off' })}>\n${unstarted}\n${source}\n${numbers}${compiled(model)}</back-step>\n${sources(page, model.text)}`;
  },
};

/** Seen only where the debugger was not loaded, or there are no scripts. Its link reloads the page. */
const unstarted = `<p class="unstarted">${words.unstarted} <a href="">${words.reload}</a>.</p>`;

/** The formulas; where the author wrote shorthand, the shorthand, with the formulas folded below it. */
function sourceOf({ id, text, written, expansion }: LessonModel): string {
  const listing = (own: Record<string, string>, content: string) =>
    `<pre${attributes({ class: 'model', ...own, tabindex: 0 })}><code>${escapeHtml(content)}</code></pre>`;
  if (!expansion.hasShorthand) return listing({ 'data-model': id }, text);
  const origins = expansion.origins.map(({ span }) => span.line).join(' ');
  const formulas = listing({ 'data-model': id, 'data-origins': origins }, text);
  return `${listing({ 'data-written': id }, written)}\n<details><summary>${words.expansion}</summary>\n${formulas}\n</details>`;
}

/** The serialized program, never shown: otherwise the page would have to compile the model. */
function compiled({ program }: LessonModel): string {
  const serialized = program && serializeProgram(program);
  return serialized === undefined ? '' : `<template data-compiled>${escapeText(serialized)}</template>\n`;
}

/** The folder of the lessons' data files in the built site, relative to its pages; ends with a slash. */
export const dataFolder = 'data/';

/** Download links for the data files that a model reads, each with its note on origin. */
function sources({ tables }: Page, text: string): string {
  const told = new Set<string>();
  const lines = tablesIn(text).flatMap(({ name: own, awaited }) => {
    const reading = awaited ? undefined : tables?.(own);
    const name = fileOf(own);
    if (reading?.table === undefined || told.has(name)) return [];
    told.add(name);
    const { note } = reading.table;
    const link = `<a${attributes({ href: `./${dataFolder}${name}`, download: name })}>${escapeHtml(name)}</a>`;
    return [
      `<p class="data">${words.data} ${link}${note === undefined ? '' : `. ${escapeHtml(note)}`}</p>\n`,
    ];
  });
  return lines.join('');
}

/** The errors in the lines of a model. */
function faultsOf(page: Page, id: string) {
  const model = page.models.get(id);
  if (model === undefined) return [];
  const last = model.start.line + model.written.split('\n').length;
  return page.findings.sorted.filter(
    ({ line, severity }) => severity === 'error' && line >= model.start.line && line <= last,
  );
}
