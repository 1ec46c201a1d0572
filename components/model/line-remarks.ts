import { type EditorState, StateEffect, StateField, type Transaction } from '@codemirror/state';
import { Decoration, type DecorationSet, EditorView, WidgetType } from '@codemirror/view';
import { html, nothing, render, type TemplateResult } from 'lit';
import { toolIcons } from '../base/tool-icons.ts';
import { areWritten } from './line-changes.ts';

/** What stands beside a line of the editor: a finding about the draft, or a verdict about the running text. */
export interface LineRemark {
  /** Where it is about, an offset in the text. */
  readonly at: number;
  readonly kind: 'error' | 'warning' | 'agrees' | 'differs' | 'untried';
  /** Plain text. */
  readonly text: string;
}

/** Letters of a line beyond which a remark stands at its place within the line: at the end it would be out of sight. */
const longLine = 400;

const signs: Readonly<Partial<Record<LineRemark['kind'], TemplateResult>>> = {
  agrees: toolIcons.agrees,
  differs: toolIcons.differs,
};

class RemarkWidget extends WidgetType {
  constructor(readonly remark: LineRemark) {
    super();
  }

  override eq({ remark: { kind, text } }: RemarkWidget): boolean {
    return kind === this.remark.kind && text === this.remark.text;
  }

  override toDOM(): HTMLElement {
    const { kind, text } = this.remark;
    const element = document.createElement('span');
    element.className = `remark ${kind}`;
    render(html`${signs[kind] ?? nothing}${text}`, element);
    return element;
  }
}

/** The remarks of an editor, and as CodeMirror shows them. */
interface Shown {
  readonly findings: readonly LineRemark[];
  readonly verdicts: readonly LineRemark[];
  readonly decorations: DecorationSet;
}

function shown({ doc }: EditorState, findings: Shown['findings'], verdicts: Shown['verdicts']): Shown {
  const placed = [...findings, ...verdicts].map((remark) => {
    const at = Math.min(remark.at, doc.length);
    const { to, length } = doc.lineAt(at);
    return Decoration.widget({ widget: new RemarkWidget(remark), side: 1 }).range(
      length > longLine ? at : to,
    );
  });
  return { findings, verdicts, decorations: Decoration.set(placed, true) };
}

const setFindings = StateEffect.define<readonly LineRemark[]>();
const setVerdicts = StateEffect.define<readonly LineRemark[]>();

/** Sets the findings, in place of those before; they move with their places until they are set again. */
export const findingsEffect = (findings: readonly LineRemark[]): StateEffect<unknown> =>
  setFindings.of(findings);

/** Sets the verdicts, in place of those before; each goes with the first change in its line, of which nobody has reviewed it. */
export const verdictsEffect = (verdicts: readonly LineRemark[]): StateEffect<unknown> =>
  setVerdicts.of(verdicts);

function moved(remarks: readonly LineRemark[], { changes }: Transaction): readonly LineRemark[] {
  return remarks.map((remark) => ({ ...remark, at: changes.mapPos(remark.at, 1) }));
}

const isUntouched = ({ changes, startState: { doc } }: Transaction, { at }: LineRemark): boolean => {
  const { from, to } = doc.lineAt(at);
  return !areWritten(changes, from, to);
};

/** The CodeMirror extension that shows remarks, each at the end of its line, or beneath it where there is no room. */
export const lineRemarks = StateField.define<Shown>({
  create: (state) => shown(state, [], []),
  update(before, transaction) {
    let { findings, verdicts } = before;
    if (transaction.docChanged) {
      verdicts = moved(
        verdicts.filter((one) => isUntouched(transaction, one)),
        transaction,
      );
      findings = moved(findings, transaction);
    }
    for (const effect of transaction.effects) {
      if (effect.is(setFindings)) findings = effect.value;
      else if (effect.is(setVerdicts)) verdicts = effect.value;
    }
    const isSame = findings === before.findings && verdicts === before.verdicts;
    return isSame ? before : shown(transaction.state, findings, verdicts);
  },
  provide: (field) => EditorView.decorations.from(field, ({ decorations }) => decorations),
});
