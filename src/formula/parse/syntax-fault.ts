import type { Span } from '../diagnostic.ts';

/** The first syntax error of a line. Thrown by parsers and caught by `readModel` at the end of the line. */
export class SyntaxFault {
  // Not an Error: nobody needs the stack, and capturing it takes longer than reading the line.
  constructor(
    readonly span: Span,
    readonly message: string,
    readonly rule = 'syntax',
  ) {}
}
