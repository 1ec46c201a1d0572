import { describe } from 'vitest';
import { tryParts } from './testing/fuzz.testing.ts';

describe('a text changed at random', () => tryParts(6, 8));
