/** A number of entries in words, for messages: "1 entry", "3 entries". */
export const entryCount = (count: number): string => `${count} ${count === 1 ? 'entry' : 'entries'}`;
