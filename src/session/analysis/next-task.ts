/** Resolves in a later task, after the page's other waiting work. */
export const nextTask = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));
