/** What is typed or chosen in. */
const fields =
  'input:not(bs-timeline [type=range]), select, textarea, [contenteditable=true], [contenteditable=""]';

/** What Enter and the space bar press. */
const buttons = 'button, summary, a[href], [role=button]';

/** What moves within itself by arrows, so that the page's keys are its own while it has the focus. */
const widgets = `${fields}, input, dialog, audio, video, [role=tab], [role=option], [role=radio], [role=slider], [role=spinbutton],
  [role=menuitem], [role=treeitem], [role=gridcell], [role=textbox], [role=combobox], [role=listbox], [role=application]`;

const sideways = /^Arrow(Left|Right)$/;
const upAndDown = /^(Arrow(Up|Down)|Page(Up|Down)|Home|End)$/;

const targetOf = (event: Event): Element | undefined => {
  const [target] = event.composedPath();
  return target instanceof Element ? target : undefined;
};

/** Whether a key comes with Control, Alt or Meta: most of these are the browser's. */
const isCombination = ({ ctrlKey, metaKey, altKey }: KeyboardEvent): boolean => ctrlKey || metaKey || altKey;

/** Whether the key goes to an element that uses it itself, and is no command there: a field, a select, an open dialog. */
export function isTakenByField(event: KeyboardEvent): boolean {
  const target = targetOf(event);
  // On the slider that is the timeline, keys are commands as elsewhere.
  const field = target?.closest(`${fields}, dialog`);
  if (field == null) return isScrolling(event, target);
  return !(sideways.test(event.key) && !isCombination(event) && isIdle(field));
}

/** Whether a field has no use for ← and →: one with no text in it yet, and a choice, which ↑ and ↓ change. */
const isIdle = (field: Element): boolean =>
  field instanceof HTMLSelectElement ||
  (field instanceof HTMLInputElement && field.value === '' && !/^(date|range|radio)$/.test(field.type));

/** Whether the browser uses a key in the debugger where its focus is: a page around it, such as a slide show, should not as well. */
export function isUsedAt(event: KeyboardEvent): boolean {
  if (isCombination(event)) return false;
  if (targetOf(event)?.closest(buttons) != null && /^(Enter| )$/.test(event.key)) return true;
  return isTakenByField(event) && !/^(Tab|F\d+)$/.test(event.key);
}

/**
 * Whether a key that is pressed outside of every debugger has another use there: for the browser (all function keys and
 * combinations), for what has the focus, or because it scrolls something or extends a selection.
 */
export function isUsedOnPage(event: KeyboardEvent): boolean {
  const target = targetOf(event);
  const { key } = event;
  if (isCombination(event) || /^F\d+$/.test(key)) return true;
  if (target?.closest(`${widgets}, back-step`) || document.querySelector('dialog:modal') !== null)
    return true;
  if (event.shiftKey && (sideways.test(key) || upAndDown.test(key)) && getSelection()?.isCollapsed === false)
    return true;
  for (let one = target ?? null; one !== null; one = one.parentElement) if (scrolls(one, key)) return true;
  return false;
}

/** Whether the focus has been moved, by keyboard, to a region that this key scrolls; a click there is none to scroll it. */
function isScrolling(event: KeyboardEvent, target: Element | undefined): boolean {
  if (target === undefined || event.shiftKey || !target.matches(':focus-visible:not(.frame, input)'))
    return false;
  return scrolls(target, event.key);
}

/** Whether a key scrolls an element that has the focus, or has it within. */
function scrolls(element: Element, key: string): boolean {
  const isSideways = sideways.test(key);
  if (!isSideways && !upAndDown.test(key)) return false;
  const room = isSideways
    ? element.scrollWidth - element.clientWidth
    : element.scrollHeight - element.clientHeight;
  // The browser's own rounding is not something to scroll.
  if (room <= 1) return false;
  const style = getComputedStyle(element);
  const overflow = isSideways ? style.overflowX : style.overflowY;
  // The page scrolls unless it is told not to; everything else only if it is told to.
  return element === document.scrollingElement ? overflow !== 'hidden' : /auto|scroll/.test(overflow);
}

/** Of some elements, the one of which most is in the window; undefined where none is. */
export function mostInView<Host extends Element>(hosts: readonly Host[]): Host | undefined {
  let most = 0;
  let found: Host | undefined;
  for (const host of hosts) {
    if (!host.checkVisibility({ visibilityProperty: true })) continue;
    // One that a link called stands over another.
    if (host.hasAttribute('data-called')) return host;
    const { left, right, top, bottom } = host.getBoundingClientRect();
    const width = Math.min(right, innerWidth) - Math.max(left, 0);
    const height = Math.min(bottom, innerHeight) - Math.max(top, 0);
    const area = Math.max(0, width) * Math.max(0, height);
    if (area <= most) continue;
    most = area;
    found = host;
  }
  return found;
}
