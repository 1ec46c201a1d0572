import {
  closeBrackets,
  closeBracketsKeymap,
  completionKeymap,
  completionStatus,
} from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { bracketMatching } from '@codemirror/language';
import { forceLinting, linter, type Diagnostic as Mark } from '@codemirror/lint';
import { EditorState, type StateEffect } from '@codemirror/state';
import {
  drawSelection,
  EditorView,
  highlightActiveLine,
  highlightActiveLineGutter,
  keymap,
  lineNumbers,
  tooltips,
} from '@codemirror/view';
import { html, nothing, type TemplateResult } from 'lit';
import type { Diagnostic } from '../../src/formula/diagnostic.ts';
import { keyWords } from '../../src/words/base/key-text.ts';
import { modelEditingWords as words } from '../../src/words/model/model-editing.ts';
import { noticeWords } from '../../src/words/notices/notices.ts';
import { keyText } from '../base/key-text.ts';
import { SessionView } from '../base/session-view.ts';
import { troubleElement } from '../base/trouble.ts';
import { expansionEffect, expansionPanel } from './expansion-panel.ts';
import { formulaCompletions } from './formula-completions.ts';
import { formulaEditorStyles } from './formula-editor.styles.ts';
import { foldQuiet, formulaFolding, unfoldingAt } from './formula-folding.ts';
import { formulaHighlighting } from './formula-highlighting.ts';
import { findingsEffect, lineRemarks, verdictsEffect } from './line-remarks.ts';
import type { CheckedText, ModelHost, Verdict } from './model-host.ts';

/** Milliseconds without typing before the draft is checked. */
const pause = 350;

/**
 * `<bs-formula-editor>`: an editor for the model's text, with findings and verdicts beside their lines, completion, and the
 * formulas that shorthand expands to beneath it. It is as high as its place, where that has a height, and only the text scrolls. The text is a draft until it is applied: steps, other changes and closing the tool leave it alone, and
 * the debugger runs what was applied before. It must be in the shadow tree of a `ModelHost`, whose methods it calls.
 */
export class FormulaEditor extends SessionView {
  static override readonly sheet = formulaEditorStyles;
  static override properties = {
    ...SessionView.properties,
    diagnostics: { state: true },
    isDraft: { state: true },
    isBusy: { state: true },
    message: { state: true },
  };
  /** Findings about the draft; errors only where it is the running text. */
  declare diagnostics: readonly Diagnostic[];
  declare isDraft: boolean;
  declare isBusy: boolean;
  /** The result of the last command of the editor. */
  declare message: string | HTMLElement;
  private editor: EditorView | undefined;
  /** The running text when the editor last compared it. */
  private known = '';

  private around: ModelHost | undefined;

  constructor() {
    super();
    this.diagnostics = [];
    this.isDraft = false;
    this.isBusy = false;
    this.message = '';
  }

  /** The debugger around it, or while another tool is open, the one that was: a check of what was typed may end then. */
  private get host(): ModelHost {
    const root = this.getRootNode();
    if (root instanceof ShadowRoot) this.around = root.host as unknown as ModelHost;
    return this.around as ModelHost;
  }

  private get text(): string {
    return this.editor?.state.doc.toString() ?? this.known;
  }

  protected override render(): TemplateResult {
    const { lessonText, modelText } = this.host;
    const isOwn = modelText !== lessonText || this.isDraft;
    return html`<div class="formula-editor">
      <div class="text" dir="ltr"></div>
      <div class="orders">
        <button type="button" class="action main" aria-keyshortcuts="Control+Enter" aria-disabled=${this.isBusy}
          title=${keyWords.with(words.apply, keyText('Control+Enter'))} @click=${() => void this.apply()}>${words.apply}</button>
        ${this.isDraft ? html`<button type="button" class="text-button" @click=${this.discard}>${words.discard}</button>` : nothing}
        ${isOwn ? html`<button type="button" class="text-button" @click=${() => void this.restore()}>${noticeWords.restore}</button>` : nothing}
        ${this.findings()}
        <span class="state">${this.isBusy ? words.reading : this.message || (this.isDraft ? words.draft : words.running)}</span>
      </div>
      <p class="keys">${words.keys}</p>
    </div>`;
  }

  /** How many findings there are; they themselves stand at their lines. */
  private findings(): TemplateResult | typeof nothing {
    const { length } = this.diagnostics;
    if (length === 0) return nothing;
    const errors = this.diagnostics.filter(isError).length;
    return html`<button type="button" class="text-button found" aria-keyshortcuts="F8" title=${keyWords.with(words.nextFinding, keyText('F8'))}
      @click=${this.goToNextFinding}>${errors > 0 ? words.mistakes(errors) : words.warnings(length)}</button>`;
  }

  protected override firstUpdated(): void {
    this.known = this.host.modelText;
    this.editor = new EditorView({
      parent: this.querySelector('.text') as HTMLElement,
      root: this.getRootNode() as ShadowRoot,
      state: EditorState.create({ doc: this.known, extensions: this.extensions() }),
    });
    foldQuiet(this.editor);
    void this.expand();
  }

  private extensions() {
    const leave = (): boolean => {
      this.host.focusKeys();
      return true;
    };
    const apply = (): boolean => {
      void this.apply();
      return true;
    };
    return [
      keymap.of([
        { key: 'Mod-Enter', run: apply },
        // Escape first closes the list of completions, by the list's own key.
        { key: 'Escape', run: ({ state }) => completionStatus(state) === null && leave() },
        ...closeBracketsKeymap,
        ...completionKeymap,
        ...historyKeymap,
        { key: 'F8', run: this.goToNextFinding },
        ...defaultKeymap,
      ]),
      lineNumbers(),
      highlightActiveLine(),
      highlightActiveLineGutter(),
      drawSelection(),
      history(),
      bracketMatching(),
      closeBrackets(),
      EditorView.lineWrapping,
      // The editor has layout containment, so nothing in it can be placed relative to the window; nor may it make its place scroll.
      tooltips({ position: 'absolute', tooltipSpace: () => this.tooltipSpace() }),
      formulaFolding,
      lineRemarks,
      expansionPanel,
      replaceSelection,
      formulaHighlighting,
      formulaCompletions(() => this.session.model),
      // What a tooltip would say stands beside the line.
      linter((view) => this.lint(view), { delay: pause, tooltipFilter: () => [] }),
      EditorView.updateListener.of(({ docChanged }) => docChanged && this.typed()),
      EditorView.contentAttributes.of({
        'aria-label': words.editor,
        spellcheck: 'false',
        dir: 'ltr',
        tabindex: '0',
      }),
    ];
  }

  /** The part of the editor that is in the window. */
  private tooltipSpace(): { left: number; top: number; right: number; bottom: number } {
    const { left, top, right, bottom } = this.getBoundingClientRect();
    return { left, right, top: Math.max(0, top), bottom: Math.min(window.innerHeight, bottom) };
  }

  private typed(): void {
    this.message = '';
    this.isDraft = this.text !== this.known;
  }

  /** Checks the draft and marks its findings. */
  private async lint(view: EditorView): Promise<Mark[]> {
    const { doc } = view.state;
    const text = doc.toString();
    const before = this.diagnostics.filter(isError).length;
    try {
      const { diagnostics, expansion, verdicts } = await this.host.check(text);
      // The text has changed since; it is checked again.
      if (view.state.doc !== doc) return [];
      this.tell(
        this.isDraft ? diagnostics : diagnostics.filter(isError),
        this.isDraft ? undefined : verdicts,
      );
      this.showExpansion(expansion);
      const errors = diagnostics.filter(isError);
      if (errors.length !== before && errors.length > 0) this.host.announce(sentence(errors));
    } catch (error) {
      this.reportFailure(error, () => forceLinting(view));
    }
    return this.diagnostics.map((one) => ({
      ...range(view.state, one),
      severity: one.severity,
      message: one.message,
    }));
  }

  private async expand(): Promise<void> {
    try {
      const { expansion } = await this.host.check(this.known);
      this.showExpansion(expansion);
    } catch {
      // Without the compiler no expansion is shown.
    }
  }

  private showExpansion({ hasShorthand, text }: CheckedText['expansion']): void {
    this.editor?.dispatch({ effects: expansionEffect(hasShorthand ? text : '') });
  }

  /** Shows findings about the present text beside their lines, and verdicts, where they are given; what they are about unfolds. */
  private tell(diagnostics: readonly Diagnostic[], verdicts?: readonly Verdict[]): void {
    this.diagnostics = diagnostics;
    const { editor } = this;
    if (editor === undefined) return;
    const { state } = editor;
    const findings = diagnostics.map(({ severity, message, span }) => ({
      at: offsetOf(state, span.line, span.column),
      kind: severity,
      text: message,
    }));
    const effects: StateEffect<unknown>[] = [findingsEffect(findings)];
    if (verdicts !== undefined)
      effects.push(verdictsEffect(verdicts.map((one) => ({ ...one, at: offsetOf(state, one.line, 1) }))));
    const unfolding = unfoldingAt(
      state,
      findings.map(({ at }) => at),
    );
    editor.dispatch({ effects: [...effects, ...unfolding] });
  }

  private reportFailure(error: unknown, again: () => void): void {
    const note = troubleElement(error, again, words.failed);
    this.message = note;
    this.host.announce(note.firstChild?.textContent ?? '');
  }

  /**
   * Runs a text, by default the draft. With errors nothing runs: they are announced, and the cursor goes to the first. Does
   * nothing while another text is applied; never rejects.
   */
  async apply(text = this.text): Promise<void> {
    if (this.isBusy) return;
    this.isBusy = true;
    try {
      const { diagnostics, dropped, verdicts } = await this.host.rewrite(text);
      const errors = diagnostics.filter(isError);
      // What has been typed meanwhile is checked by itself.
      const isPresent = this.text === text;
      if (isPresent && errors.length === 0) this.tell([], verdicts);
      if (errors.length > 0) {
        if (isPresent) this.tell(diagnostics);
        this.message = words.unchanged;
        this.host.announce(`${sentence(errors)} ${words.unchanged}`);
        if (this.editor !== undefined) forceLinting(this.editor);
        this.goTo(errors[0]);
      } else {
        this.follow(text);
        this.message = dropped.length > 0 ? words.dropped(dropped.join(' ')) : '';
      }
    } catch (error) {
      this.reportFailure(error, () => void this.apply(text));
    } finally {
      this.isBusy = false;
    }
  }

  /** Runs and edits the lesson's text again; undo in the editor restores the reader's own. */
  async restore(): Promise<void> {
    const { lessonText, modelText } = this.host;
    this.write(lessonText);
    if (modelText !== lessonText) await this.apply(lessonText);
    this.editor?.focus();
  }

  private readonly discard = (): void => {
    this.write(this.host.modelText);
    this.editor?.focus();
  };

  private write(text: string): void {
    if (this.editor === undefined || text === this.text) return;
    this.editor.dispatch({ changes: { from: 0, to: this.editor.state.doc.length, insert: text } });
    foldQuiet(this.editor);
  }

  /** Records that the debugger runs this text now. */
  private follow(text: string): void {
    this.known = text;
    this.isDraft = this.text !== text;
  }

  /** Goes to the first finding behind the cursor, after the last one to the first; without any it does nothing. */
  private readonly goToNextFinding = (): boolean => {
    const { editor, diagnostics } = this;
    if (editor === undefined || diagnostics.length === 0) return false;
    const { state } = editor;
    const { head } = state.selection.main;
    const next = diagnostics.find(({ span }) => offsetOf(state, span.line, span.column) > head);
    this.goTo(next ?? diagnostics[0]);
    return true;
  };

  private goTo({ span }: Diagnostic): void {
    const { editor } = this;
    if (editor === undefined) return;
    const anchor = offsetOf(editor.state, span.line, span.column);
    editor.dispatch({
      selection: { anchor },
      effects: [...unfoldingAt(editor.state, [anchor]), EditorView.scrollIntoView(anchor, { yMargin: 40 })],
    });
    editor.focus();
  }

  /** Moves the focus to the text. */
  override focus(): void {
    this.editor?.focus();
  }

  protected override updated(): void {
    const { modelText } = this.host;
    if (modelText === this.known || this.isBusy) return;
    // The model was changed from elsewhere: by a link, or back to the lesson's.
    const hadDraft = this.isDraft;
    this.known = modelText;
    if (hadDraft && this.text !== modelText) this.message = words.overtaken;
    else this.write(modelText);
    this.isDraft = this.text !== modelText;
  }
}

/**
 * The editor, not the browser, inserts what is typed over a selection: Chromium would keep the style of the replaced text in
 * style attributes, which a content policy forbids.
 */
const replaceSelection = EditorView.domEventHandlers({
  beforeinput(event, view) {
    const { from, to, empty } = view.state.selection.main;
    const { data, inputType, isComposing } = event;
    if (empty || isComposing || view.composing || data === null || inputType !== 'insertText') return false;
    const insert = () =>
      view.state.update(view.state.replaceSelection(data), { userEvent: 'input.type', scrollIntoView: true });
    const handlers = view.state.facet(EditorView.inputHandler);
    if (!handlers.some((handle) => handle(view, from, to, data, insert))) view.dispatch(insert());
    event.preventDefault();
    return true;
  },
});

const isError = ({ severity }: Diagnostic): boolean => severity === 'error';

const sentence = (errors: readonly Diagnostic[]): string =>
  `${words.mistakes(errors.length)}. ${words.place(errors[0].span.line, errors[0].span.column)}: ${errors[0].message}.`;

function offsetOf({ doc }: EditorState, line: number, column: number): number {
  const { from, to } = doc.line(Math.min(Math.max(1, line), doc.lines));
  return Math.min(to, from + column - 1);
}

function range(state: EditorState, { span }: Diagnostic): { from: number; to: number } {
  const from = offsetOf(state, span.line, span.column);
  const to = offsetOf(state, span.line, span.column + Math.max(1, span.length));
  return { from, to };
}
