// One browser capability: BroadcastChannel, on which pages, engine and writers of this origin talk. One transport for every
// host of the engine (SharedWorker, page), that survives the death and rebirth of each of them.

export const ENGINE_LOCK = "smartupload-engine";
export const TAB_LOCK = "smartupload-tab-";
export const WRITER_LOCK = "smartupload-writer-";

/**
 * @param {(message: any) => void} hear
 * @returns {(message: any) => void} say
 */
export const channel = (hear) => {
  const line = new BroadcastChannel("smartupload-1");
  line.onmessage = ({ data }) => hear(data);
  return (message) => line.postMessage(message);
};
