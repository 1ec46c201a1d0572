/** Whether a menu or a field lies open over a debugger: Escape closes that first, which the browser sees to. */
export const isCovered = (host: Element): boolean => host.shadowRoot?.querySelector(':popover-open') != null;
