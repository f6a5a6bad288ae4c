// Components that draw nothing and call a page's handler, or say in its address what it shows: every so often, when a value has changed, when something has happened to a file.
import { useEffect, useRef } from "react";
import { onMoment } from "../page/moments.js";
import { getSnapshot, subscribe } from "../page/page.js";
import { followProgress } from "../page/progress.js";

/** @param {{ seconds: number, onTick?: () => void }} props */
export const Every = ({ seconds, onTick }) => {
  const tick = useRef(onTick);
  useEffect(() => {
    tick.current = onTick;
  });
  useEffect(() => {
    const fire = () => !document.hidden && tick.current?.();
    const timer = setInterval(fire, seconds * 1000);
    document.addEventListener("visibilitychange", fire);
    return () => {
      clearInterval(timer);
      document.removeEventListener("visibilitychange", fire);
    };
  }, [seconds]);
  return null;
};

/** @param {{ value: unknown, onChange?: () => void }} props */
export const WhenChanged = ({ value, onChange }) => {
  const call = useRef(onChange);
  const before = useRef(value);
  useEffect(() => {
    call.current = onChange;
  });
  useEffect(() => {
    if (before.current === value) return;
    before.current = value;
    call.current?.();
  }, [value]);
  return null;
};

/** @param {{ moment: string, onMoment?: (ended: import("../page/moments.js").Ended) => void }} props */
export const OnMoment = ({ moment, onMoment: heard }) => {
  const call = useRef(heard);
  useEffect(() => {
    call.current = heard;
  });
  useEffect(() => onMoment(moment, (ended) => call.current?.(ended)), [moment]);
  return null;
};

/** @param {{ seconds: number, onProgress?: (totals: import("../../core/ports/pages.js").Totals) => void }} props */
export const OnProgress = ({ seconds, onProgress }) => {
  const call = useRef(onProgress);
  useEffect(() => {
    call.current = onProgress;
  });
  useEffect(() => followProgress({ getSnapshot, subscribe }, seconds * 1000, (totals) => call.current?.(totals)), [seconds]);
  return null;
};

/** The page's address has this query from then on, with no new page and no new place to go back to. @param {{ query: string }} props */
export const AddressQuery = ({ query }) => {
  const before = useRef(query);
  useEffect(() => {
    // What the address says at first is what the page is about to show.
    if (before.current === query) return;
    before.current = query;
    history.replaceState(history.state, "", location.pathname + query + location.hash);
  }, [query]);
  return null;
};
