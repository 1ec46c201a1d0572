import { html, type TemplateResult } from 'lit';
import { formatCount } from '../src/number/format.ts';
import { remarkText } from '../src/session/remark.ts';
import { remarkWords as words } from '../src/words/commands.ts';
import { SessionView } from './session-view.ts';

/** `<bs-remarks>`: how the reader came to the present step, and the number that is typed before a key. A line that is always there. */
export class Remarks extends SessionView {
  static override properties = { ...SessionView.properties, count: { attribute: false } };
  declare count: string;

  constructor() {
    super();
    this.count = '';
  }

  protected override render(): TemplateResult {
    const texts = this.session.remarks.map(remarkText);
    if (this.count !== '') texts.push(words.times(formatCount(Number(this.count))));
    return html`<p class="remarks">${texts.join(' ')}</p>`;
  }
}
