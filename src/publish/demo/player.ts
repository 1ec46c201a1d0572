import { showStep } from './show-step.ts';

/** How long a step stands, and the last one before all begins again, in ms. */
const [stepTime, endTime] = [2400, 5000];

/**
 * Sets the page's demo going: it steps by itself while it is in sight, until somebody touches it; then by its buttons. Where motion
 * is to be reduced, it stands still from the start.
 */
export function play(): void {
  const figure = document.querySelector<HTMLElement>('.demo');
  const moments = [...(figure?.querySelector('template')?.content.children ?? [])] as HTMLElement[];
  const part = <Part extends Element>(selector: string) => figure?.querySelector(selector) as Part;
  if (figure === null || moments.length === 0) return;
  const [network, slot, controls] = [part('svg'), part<HTMLElement>('.slot'), part<HTMLElement>('.controls')];
  const [button, counter] = [part<HTMLButtonElement>('[name="play"]'), part<HTMLElement>('output')];
  let step = Number(figure.dataset.still);
  let timer: number | undefined;
  let isPlaying = false;
  let isInSight = true;

  const show = (to: number): void => {
    step = Math.min(moments.length, Math.max(1, to));
    const moment = moments[step - 1].cloneNode(true) as HTMLElement;
    part<HTMLAnchorElement>('.open').href = moment.dataset.address ?? '';
    figure.dataset.phase = moment.dataset.phase;
    slot.replaceChildren(moment);
    counter.textContent = `${step} / ${moments.length}`;
    showStep(network, step);
  };
  const wait = (): void => {
    clearTimeout(timer);
    if (!isPlaying || !isInSight) return;
    const isOver = step === moments.length;
    const go = () => {
      show(isOver ? 1 : step + 1);
      wait();
    };
    timer = window.setTimeout(go, isOver ? endTime : stepTime);
  };
  const setPlaying = (to: boolean): void => {
    isPlaying = to;
    button.textContent = (to ? button.dataset.stop : button.dataset.play) ?? '';
    // A screen reader is told of steps that were asked for, not of those that go by.
    slot.setAttribute('aria-live', to ? 'off' : 'polite');
    wait();
  };

  figure.addEventListener('click', ({ target }) => {
    const { name } = target as HTMLButtonElement;
    const wasPlaying = isPlaying;
    setPlaying(name === 'play' && !wasPlaying);
    if (name === 'back') show(step - 1);
    if (name === 'next') show(step === moments.length ? 1 : step + 1);
  });
  // Somebody reads, or is about to: the step stays.
  for (const touch of ['pointerdown', 'keydown', 'wheel'])
    figure.addEventListener(touch, ({ target }) => {
      if (!(target as Element).closest('button')) setPlaying(false);
    });
  new IntersectionObserver(([{ isIntersecting }]) => {
    isInSight = isIntersecting;
    wait();
  }).observe(figure);
  controls.hidden = false;
  const isStill = matchMedia('(prefers-reduced-motion: reduce)').matches;
  show(isStill ? step : 1);
  setPlaying(!isStill);
}
