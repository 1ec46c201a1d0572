/** Numbers and steps in the text of a page, each with the name of its model: as the lesson's roles `fact` and `step` write them. */
export const proseLinks = 'a:is(.fact, .step)[data-model]';
