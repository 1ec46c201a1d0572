/*
 * What a page does once it can be read: one file, loaded on demand, so that neither the text nor a debugger waits for it.
 */
import { play } from './demo/player.ts';
import { followReading } from './reading-position.ts';

play();
followReading();
