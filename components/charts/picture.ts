import { html, noChange, type SVGTemplateResult, svg, type TemplateResult } from 'lit';
import { Directive, directive, type ElementPart } from 'lit/directive.js';
import type { FigureMark, FigurePicture } from '../../src/figure/base/picture.ts';
import { lineOf } from '../../src/figure/plane/courses.ts';
import { drawMarks } from './marks.ts';

class MarksDirective extends Directive {
  private drawn: readonly FigureMark[] | undefined;

  render(_marks: readonly FigureMark[]): unknown {
    return noChange;
  }

  override update({ element }: ElementPart, [marks]: [readonly FigureMark[]]): unknown {
    if (marks !== this.drawn) drawMarks(element, marks);
    this.drawn = marks;
    return noChange;
  }
}

const withMarks = directive(MarksDirective);

/** A picture in a view, at its own size and no wider than its box; a sentence says what it shows. */
export const drawn = ({ width, height, marks, text }: Omit<FigurePicture, 'table'>): SVGTemplateResult =>
  svg`<svg class="picture" viewBox="0 0 ${width} ${height}" width=${width} height=${height} role="img" aria-label=${text} ${withMarks(marks)}></svg>`;

/** A picture without letters, stretched to its box; hidden from assistive technology, so its numbers have to stand beside it. */
export const stretched = ({
  width,
  height,
  marks,
}: Omit<FigurePicture, 'table' | 'text'>): SVGTemplateResult =>
  svg`<svg class="picture stretched" viewBox="0 0 ${width} ${height}" preserveAspectRatio="none" aria-hidden="true" ${withMarks(marks)}></svg>`;

/** A picture's numbers as a table. */
export const tabled = (
  [head, ...rows]: FigurePicture['table'],
  caption: string,
): TemplateResult => html`<table>
  <caption>${caption}</caption>
  <thead><tr>${head.map((one) => html`<th scope="col">${one}</th>`)}</tr></thead>
  <tbody>${rows.map(([first, ...rest]) => html`<tr><th scope="row">${first}</th>${rest.map((one) => html`<td>${one}</td>`)}</tr>`)}</tbody>
</table>`;

/** What the nth line of a picture is, from 0, beside a piece of it. */
export const lineKey = (n: number, name: unknown): TemplateResult =>
  html`<span class="key"><svg class="picture" viewBox="0 0 26 8" width="26" height="8" aria-hidden="true">${svg`<line class=${lineOf(n)} x1="0" y1="4" x2="26" y2="4"/>`}</svg>${name}</span>`;
