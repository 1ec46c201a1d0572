import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import type { ReadOptions } from '../../src/data/file.ts';
import type { CellReference } from '../../src/explain/explanation.ts';
import { cellName } from '../../src/formula/model.ts';
import type { Program } from '../../src/program/counted-program.ts';
import { command } from '../../src/session/commands.ts';
import { goToSource } from '../../src/session/go-to-source.ts';
import type { Arrangement } from '../../src/session/links/arrangement.ts';
import { loadRequirements } from '../../src/session/requirements.ts';
import { Session } from '../../src/session/session.ts';
import { wordsLanguage } from '../../src/words/section.ts';
import { frameWords as words } from '../../src/words/shell/frame.ts';
import { toolWords } from '../../src/words/shell/tools.ts';
import type { InputFields } from '../arrays/input-fields.ts';
import { CellLinks } from '../base/cell-links.ts';
import type { Trouble } from '../base/events.ts';
import { lazy } from '../base/lazy-view.ts';
import { rememberedPrecision } from '../base/preferences.ts';
import { SessionController } from '../base/session-controller.ts';
import { troubleElement, withPart } from '../base/trouble.ts';
import type { NetworkDrawing } from '../drawing/network-drawing.ts';
import { PageLinks } from '../links/page-links.ts';
import type { LessonTables } from '../model/lesson-tables.ts';
import type { ModelEditing } from '../model/model-editing.ts';
import type { CheckedText, InstalledModel, ModelHost, RewriteResult } from '../model/model-host.ts';
import { ModelSource } from '../model/model-source.ts';
import {
  changesNotice,
  faultNotice,
  messageNotice,
  ownFormulasNotice,
  troubleNotice,
} from '../notices/notices.ts';
import { Keyboard } from '../run/keyboard.ts';
import { RunControl } from '../run/run-control.ts';
import type { Timeline } from '../run/timeline.ts';
import type { Toolbar } from '../run/toolbar.ts';
import { LiveRegion } from '../speech/live-region.ts';
import { openTrainingThread } from '../threads/training-thread.ts';
import type { TrainingView } from '../tools/training.ts';
import type { CellInspector } from './cell-inspector.ts';
import { Companions, loadInspector } from './companions.ts';
import { styles } from './debugger.styles.ts';
import { Dialogs } from './dialogs.ts';
import type { FullScreen } from './full-screen.ts';
import { defineView } from './lazy-views.ts';
import { Sheet } from './sheet.ts';
import { skipEnd, skipLink } from './skip-link.ts';
import type { ToolTabs } from './tool-tabs.ts';

/**
 * `<back-step model="lecture">`: the debugger. The model's text is in its light DOM, so a page is readable without it; what is
 * wrong with the text is said in the debugger's place. With `webassembly="off"` nothing is compiled to WebAssembly; otherwise it is
 * where the page's policy allows it.
 */
export class BackStep extends LitElement implements ModelHost {
  static override styles = styles;
  static override properties = {
    model: {},
    session: { state: true },
    notice: { state: true },
    trouble: { state: true },
    readiness: { state: true },
  };
  declare model: string;
  declare session: Session | undefined;
  /** A message under the bar, such as why a link could not be followed; empty for none. */
  declare notice: string;
  /** What could not be loaded, and how to try again. */
  declare trouble: Trouble | undefined;
  /** `failed` where a file that the model needs could not be loaded. */
  declare readiness: 'new' | 'loading' | 'ready' | 'failed';
  /** The message shown while `failed`. */
  private failure: HTMLElement | undefined;

  /** What the page carries, and what the reader has written in its place. */
  private readonly source = new ModelSource();
  private loadedModelEditing: ModelEditing | undefined;
  private readonly links = new PageLinks(this);
  private readonly liveRegion = new LiveRegion(this);
  private readonly cells = new CellLinks(
    (cell) => this.follow(cell),
    () => this.commandHandlers.why(),
  );
  private cellInspector: CellInspector | undefined;
  private readonly dialogs = new Dialogs(this);
  private readonly tools = this.view<ToolTabs>('bs-tool-tabs');
  private readonly toolbar = this.view<Toolbar>('bs-toolbar');
  private readonly timeline = this.view<Timeline>('bs-timeline');
  private readonly runControl = new RunControl(this, () => this.toolbar.value?.player);
  private readonly keyboard = new Keyboard(this, () => this.runControl.pause());
  private readonly drawing = this.view<NetworkDrawing>('bs-network-drawing');
  private fullScreenMade: FullScreen | undefined;
  private readonly companions = new Companions(this, this.cells, this.liveRegion);
  private readonly sheet = new Sheet(this);

  constructor() {
    super();
    this.model = '';
    this.notice = '';
    this.readiness = 'new';
    new SessionController(this);
    this.addEventListener('backstep-announce', ({ detail }) => this.liveRegion.announceOutcome(detail));
    this.addEventListener('backstep-trouble', ({ detail }) => {
      this.trouble = detail;
    });
    this.addEventListener('backstep-why', ({ detail }) => this.inspect((cells) => cells.why(detail)));
    this.addEventListener('backstep-what-if', ({ detail }) =>
      this.inspect((cells) => cells.openWhatIf(detail)),
    );
    this.addEventListener('backstep-watch', ({ detail }) => this.inspect((cells) => cells.watch(detail)));
    this.addEventListener('backstep-view', ({ detail }) => {
      detail.defined = defineView(detail.tag);
    });
  }

  /** A part by its tag, while it is there. */
  private view<Part extends Element>(tag: string): { readonly value: Part | undefined } {
    const found = () => this.renderRoot.querySelector<Part>(tag) ?? undefined;
    return {
      get value() {
        return found();
      },
    };
  }

  protected override createRenderRoot(): ShadowRoot {
    const root = super.createRenderRoot() as ShadowRoot;
    this.cells.attach(root);
    return root;
  }

  /** Whether it steps by itself. */
  get isPlaying(): boolean {
    return this.toolbar.value?.player.playing === true;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    if (this.readiness === 'new') void this.open();
  }

  /** Opens a session on the page's model. */
  private async open(): Promise<void> {
    this.readiness = 'loading';
    try {
      const program = await this.source.read(this);
      if (program !== undefined) await this.begin(program);
      this.readiness = 'ready';
      this.links.followPage();
      void this.updateComplete.then(() => this.companions.load());
    } catch (error) {
      this.failure = troubleElement(error, () => void this.open());
      this.readiness = 'failed';
    }
  }

  /** Opens a session; one that there was is over. A large model waits for what makes it fast. */
  async begin(program: Program): Promise<void> {
    await loadRequirements(program);
    this.session?.training.cancel();
    const session = new Session(program, this.model, openTrainingThread, {
      webAssembly: !this.matches('[webassembly=off]'),
    });
    const precision = rememberedPrecision();
    if (precision !== undefined) session.setPrecision(precision);
    this.companions.begin(session);
    this.runControl.follow(session);
    this.session = session;
  }

  get text(): string {
    return this.source.text;
  }

  get lessonText(): string {
    return this.source.lessonText;
  }

  get modelText(): string {
    return this.source.modelText;
  }

  get data(): LessonTables | undefined {
    return this.source.data;
  }

  /** Everything about formulas that are written in the page, loaded when it is first needed. */
  private async modelEditing(): Promise<ModelEditing> {
    this.loadedModelEditing ??= new (await import('../model/model-editing.ts')).ModelEditing(this);
    return this.loadedModelEditing;
  }

  private withModelEditing(use: (modelEditing: ModelEditing) => unknown): void {
    void withPart(this, () => this.modelEditing(), use);
  }

  async check(text: string): Promise<CheckedText> {
    return (await this.modelEditing()).check(text);
  }

  async rewrite(text: string, isFromLink = false): Promise<RewriteResult> {
    return (await this.modelEditing()).rewrite(text, isFromLink);
  }

  /** Runs what a text was read as, in place of what ran. */
  async install(model: InstalledModel): Promise<Session> {
    this.source.take(model);
    await this.begin(model.program);
    return this.session as Session;
  }

  get arrangement(): Arrangement {
    const { tools, sheet, drawing } = this;
    return { tool: tools.value?.opened, sheet: sheet.height, picture: drawing.value?.picture };
  }

  arrange({ tool, sheet, picture }: Arrangement): void {
    this.requestUpdate();
    void this.updateComplete.then(() => {
      if (picture !== undefined) this.drawing.value?.showAs(picture);
      // A link may name a tool that there is no more.
      if (tool !== undefined) this.tools.value?.show(tool, { keepsFocus: true }).catch(() => undefined);
      this.sheet.show(sheet);
    });
  }

  /** Announces a text in the live region. */
  announce(text: string): void {
    this.liveRegion.announce(text);
  }

  /** What a link leads to is shown at once, not after what there would be without it. */
  protected override shouldUpdate(): boolean {
    return this.session === undefined || !this.links.isOpening;
  }

  /** Gives the keyboard to the debugger, without moving the page. */
  focusKeys(): void {
    this.renderRoot.querySelector<HTMLElement>('.frame')?.focus({ preventScroll: true });
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (changed.has('notice') && this.notice !== '') this.announce(this.notice);
    if (changed.has('trouble') && this.trouble !== undefined) this.announce(this.trouble.text);
  }

  protected override render(): TemplateResult {
    const { session } = this;
    if (session === undefined || this.links.isOpening) return this.withoutSession();
    return html`${skipLink(this.renderRoot)}<div class="frame" lang=${wordsLanguage()} tabindex="-1" role="region" aria-labelledby="name" data-phase=${session.moment.phase ?? 'start'}>
      <h2 id="name" class="visually-hidden">${this.landmark}</h2>
      ${this.sheet.grip()}
      <bs-toolbar .session=${session} .perform=${this.perform} .count=${this.keyboard.count} .settings=${this.settings}></bs-toolbar>
      <div class="notices">${this.filesTemplate(session)}${this.notices(session)}</div>
      <div class="drawing"><bs-network-drawing .session=${session}></bs-network-drawing></div>
      <bs-formula .session=${session} .perform=${this.perform} data-digits=${session.state.digits}></bs-formula>
      <bs-divider></bs-divider>
      <bs-tool-tabs .session=${session} .source=${this.source}></bs-tool-tabs>
      ${this.dialogs.elements(session)}
      <bs-what-if .session=${session}></bs-what-if>
    </div>${skipEnd()}`;
  }

  /** The name of the debugger's landmark, no other's in the page: several may show one model. */
  private get landmark(): string {
    const { model } = this;
    const same = [...document.querySelectorAll<BackStep>(this.localName)].filter(
      (one) => one.model === model,
    );
    return words.debugger(model, 1 + same.indexOf(this));
  }

  /** What stands at the head of the toolbar's menu. */
  private readonly settings = (): unknown => {
    const { session } = this;
    if (session === undefined) return nothing;
    return html`<bs-head-tools ${lazy()} .session=${session} .isFull=${this.fullScreenMade?.isOn === true}></bs-head-tools>`;
  };

  /** What stands there before a session is open, or where none can be. */
  private withoutSession(): TemplateResult {
    if (this.readiness === 'failed') return html`<p class="notice" role="alert">${this.failure}</p>`;
    const { compiler, diagnostics, text } = this.source;
    if (this.readiness !== 'ready' || this.links.isOpening || compiler === undefined)
      return html`<p class="notice" role="status">${toolWords.loading}</p>`;
    return compiler.errorCardTemplate(
      text,
      diagnostics.filter(({ severity }) => severity === 'error'),
    );
  }

  private notices(session: Session): unknown {
    return [
      this.source.isOwn
        ? ownFormulasNotice(() =>
            this.withModelEditing((modelEditing) => modelEditing.rewrite(this.lessonText)),
          )
        : nothing,
      this.loadedModelEditing?.notice(session) ?? nothing,
      messageNotice(this.notice, () => {
        this.notice = '';
      }),
      troubleNotice(this.trouble, () => {
        this.trouble = undefined;
        this.focusKeys();
      }),
      changesNotice(session, (text) => this.announce(text)),
      faultNotice(session),
    ];
  }

  /** The field for data files that the model reads and only the reader has. */
  private filesTemplate(session: Session): TemplateResult | typeof nothing {
    const { data } = this;
    const awaited = data?.files.filter((file) => file.awaited) ?? [];
    if (data === undefined || awaited.length === 0) return nothing;
    return html`<bs-data-files ${lazy()} .session=${session} .data=${data} .files=${awaited}
      .take=${(files: readonly File[], waiting: ReadOptions) => this.source.addFiles(this, data, files, waiting)}></bs-data-files>`;
  }

  /** Shows the debugger on the whole screen, or ends that. */
  private toggleFullScreen(): void {
    void withPart(
      this,
      async () => {
        this.fullScreenMade ??= new (await import('./full-screen.ts')).FullScreen(this);
        return this.fullScreenMade;
      },
      (screen) => screen.toggle(),
    );
  }

  /**
   * To the step that computes a cell; given numbers have none, so to the field where they can be changed: in the drawing beside the
   * number.
   */
  private follow(to: CellReference): void {
    if (this.session === undefined || goToSource(this.session, to)) return;
    if (this.cells.element?.closest('bs-network-drawing')) this.commandHandlers.whatIf();
    else
      void this.tools.value
        ?.show<InputFields>('inputs')
        .then((inputs) => inputs?.focusCell(cellName(to.name, to.cell)));
  }

  /** Has a number explained. */
  private inspect(act: (inspector: CellInspector) => unknown): void {
    void withPart(
      this,
      async () => {
        const { CellInspector } = await loadInspector();
        this.cellInspector ??= new CellInspector(this, this.cells, this.liveRegion, () => this.tools.value);
        return this.cellInspector;
      },
      act,
    );
  }

  /** What the debugger itself does when it is asked to: everything that is no change of the session's state. */
  private readonly commandHandlers: { readonly [id: string]: () => void } = {
    help: () => this.dialogs.open('help'),
    takeAway: () => this.dialogs.open('takeAway'),
    fullScreen: () => this.toggleFullScreen(),
    zoomIn: () => this.drawing.value?.zoom(1),
    zoomOut: () => this.drawing.value?.zoom(-1),
    zoomAll: () => this.drawing.value?.zoom(0),
    goTo: () => this.timeline.value?.focusStepField(),
    goBack: () => this.session?.goBack(),
    ...this.runControl.commandHandlers,
    nextDivergence: () => this.withModelEditing((modelEditing) => modelEditing.goToNextDivergence()),
    formulas: () => void this.tools.value?.show('formulas').then((view) => view?.focus()),
    why: () => this.inspect((cells) => cells.why()),
    watches: () => this.inspect((cells) => cells.watch()),
    whatIf: () => this.inspect((cells) => cells.whatIf()),
    train: () =>
      void this.tools.value?.show<TrainingView>('train', { keepsFocus: true }).then((view) => view?.press()),
  };

  /** Carries out a command of the table, so many times where that makes sense. */
  readonly perform = (id: string, times = 1): void => {
    if (command(id)?.apply !== undefined) this.session?.dispatch(id, times);
    else if (id in this.commandHandlers) this.commandHandlers[id]();
    else void this.tools.value?.show(id);
  };
}
