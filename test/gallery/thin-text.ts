/**
 * Runs in the page: text whose contrast with what lies behind it is below 4.5, or 3 where it is large. There are no
 * pictures and no gradients behind text here, so what lies behind is what its ancestors are painted with.
 */
export const THIN_TEXT = `(() => {
  const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
  const known = new Map();
  const read = (colour) => {
    if (!known.has(colour)) {
      canvas.clearRect(0, 0, 1, 1);
      canvas.fillStyle = colour;
      canvas.fillRect(0, 0, 1, 1);
      const [red, green, blue, alpha] = canvas.getImageData(0, 0, 1, 1).data;
      known.set(colour, [red, green, blue, alpha / 255]);
    }
    return known.get(colour);
  };
  const over = (top, under) => {
    const [red, green, blue, alpha] = top;
    const mix = (one, other) => one * alpha + other * (1 - alpha);
    return [mix(red, under[0]), mix(green, under[1]), mix(blue, under[2]), 1];
  };
  const light = (part) => {
    const share = part / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  };
  const bright = ([red, green, blue]) => 0.2126 * light(red) + 0.7152 * light(green) + 0.0722 * light(blue);
  const grounds = new Map();
  const groundOf = (element) => {
    if (!element) return read(getComputedStyle(document.documentElement).colorScheme.includes('dark') && matchMedia('(prefers-color-scheme: dark)').matches ? '#000' : '#fff');
    if (!grounds.has(element)) {
      const own = read(getComputedStyle(element).backgroundColor);
      const parent = element.parentElement;
      const under = own[3] === 1 ? own : groundOf(parent);
      grounds.set(element, over(own, under));
    }
    return grounds.get(element);
  };
  const found = new Set();
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walk.nextNode(); node; node = walk.nextNode()) {
    const element = node.parentElement;
    if (!/\\S/.test(node.data) || !element.checkVisibility({ visibilityProperty: true, opacityProperty: true })) continue;
    if (element.closest('script, style, option, [disabled], [aria-disabled=true], .visually-hidden, .for-readers')) continue;
    const style = getComputedStyle(element);
    const ground = groundOf(element);
    const [one, other] = [bright(over(read(style.color), ground)), bright(ground)].sort((a, b) => b - a);
    const size = parseFloat(style.fontSize);
    const large = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
    const ratio = (one + 0.05) / (other + 0.05);
    if (ratio < (large ? 3 : 4.5) - 0.005)
      found.add('contrast ' + ratio.toFixed(2) + ': ' + (element.className || element.tagName) + ' ' + node.data.trim().slice(0, 20));
  }
  return [...found];
})()`;
