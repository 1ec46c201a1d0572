import { type EditorState, StateEffect, StateField } from '@codemirror/state';
import { Decoration, type DecorationSet, EditorView, WidgetType } from '@codemirror/view';
import { html, render } from 'lit';
import { modelEditingWords as words } from '../../src/words/model/model-editing.ts';

class ExpansionWidget extends WidgetType {
  constructor(readonly text: string) {
    super();
  }

  override eq({ text }: ExpansionWidget): boolean {
    return text === this.text;
  }

  override toDOM(view: EditorView): HTMLElement {
    const element = document.createElement('div');
    element.className = 'expansion';
    this.write(element, view);
    return element;
  }

  /** Other formulas leave it open. */
  override updateDOM(element: HTMLElement, view: EditorView): boolean {
    this.write(element, view);
    return true;
  }

  private write(element: HTMLElement, view: EditorView): void {
    render(
      html`<details @toggle=${() => view.requestMeasure()}><summary>${words.expansion}</summary><pre><code>${this.text}</code></pre></details>`,
      element,
    );
  }
}

const setExpansion = StateEffect.define<string>();

/** Sets the formulas that the text stands for; without any, for the empty text, the panel is gone. */
export const expansionEffect = (formulas: string): StateEffect<unknown> => setExpansion.of(formulas);

function panel({ doc }: EditorState, text: string): DecorationSet {
  if (text === '') return Decoration.none;
  const widget = new ExpansionWidget(text);
  return Decoration.set(Decoration.widget({ widget, side: 1, block: true }).range(doc.length));
}

/**
 * The CodeMirror extension that shows the formulas of a text in shorthand beneath it, folded at first. They stand behind the text's
 * last line, so that one scroller moves both.
 */
export const expansionPanel = StateField.define<{ text: string; decorations: DecorationSet }>({
  create: () => ({ text: '', decorations: Decoration.none }),
  update(before, { effects, docChanged, state }) {
    let { text } = before;
    for (const effect of effects) if (effect.is(setExpansion)) text = effect.value;
    return text === before.text && !docChanged ? before : { text, decorations: panel(state, text) };
  },
  provide: (field) => EditorView.decorations.from(field, ({ decorations }) => decorations),
});
