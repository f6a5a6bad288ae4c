// One browser capability: to call something soon, but after what the browser has to do first.

/**
 * A timer would wait 4 ms each time, and a promise lets nothing else in between.
 * @param {() => void} call
 * @returns {() => void} takes it back
 */
export const soon = (call) => {
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = () => {
    port1.close();
    call();
  };
  port2.postMessage(null);
  return () => port1.close();
};

/**
 * Calls something once what is there now is on the screen. A hidden page draws nothing: there it is called soon.
 * @param {() => void} call
 * @returns {() => void} takes it back
 */
export const afterPaint = (call) => {
  if (document.hidden) return soon(call);
  let stop = () => {};
  const frame = requestAnimationFrame(() => {
    stop = soon(call);
  });
  return () => {
    cancelAnimationFrame(frame);
    stop();
  };
};
