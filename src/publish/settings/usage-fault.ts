/**
 * Thrown for a wrong use of a command, or a file of settings that says what cannot be: its message is for the person at the
 * keyboard, and a command ends with status 2.
 */
export class UsageFault extends Error {}
