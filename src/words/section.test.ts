import { afterEach, describe, expect, it } from 'vitest';
import { setLanguage } from './languages.ts';
import { section, translate, wordsLanguage } from './section.ts';

const words = section('test', {
  close: 'Close',
  go: (cell: string) => `Go to ${cell}`,
  step: (n: number, of: number) => `Step ${n} of ${of}`,
});

afterEach(() => translate());

describe('a section of words', () => {
  it('is English to begin with', () => {
    expect(words.close).toBe('Close');
    expect(words.step(2, 64)).toBe('Step 2 of 64');
  });

  it('is read in another language once there is one, word by word', () => {
    translate((name, what) => (name === 'test' && what === 'close' ? 'Schließen' : undefined));
    expect(words.close).toBe('Schließen');
    expect(words.step(2, 64)).toBe('Step 2 of 64');
    translate();
    expect(words.close).toBe('Close');
  });
});

describe('the pseudo-language', () => {
  it('changes every letter but those of names and numbers that are put into a sentence', async () => {
    await setLanguage('en-XA');
    expect(words.close).toBe('⟦Çļöšé··⟧');
    expect(words.go('W1[1,2]')).toBe('⟦Ĝö ţö \u2068W1[1,2]\u2069·····⟧');
    expect(wordsLanguage()).toBe('en-XA');
  });

  it('can run from right to left', async () => {
    await setLanguage('ar-XB');
    expect(words.close).toBe('\u202e⟦Çļöšé··⟧\u202c');
  });

  it('leaves English as it is where a language is not there', async () => {
    await setLanguage('tlh');
    expect([words.close, wordsLanguage()]).toEqual(['Close', 'en']);
  });
});
