const signs = new Map(
  Object.entries({
    ArrowLeft: '←',
    ArrowRight: '→',
    ArrowUp: '↑',
    ArrowDown: '↓',
    PageUp: 'Page Up',
    PageDown: 'Page Down',
    Control: 'Ctrl',
    Plus: '+',
  }),
);

/** The parts of a key press as they are printed on a keyboard: `Shift+ArrowLeft` is Shift and ←. */
export const keyParts = (key: string): string[] =>
  key.split('+').map((part) => signs.get(part) ?? (part.length === 1 ? part.toUpperCase() : part));

/** `Shift ←`, for a tooltip. */
export const keyText = (key: string): string => keyParts(key).join(' ');
