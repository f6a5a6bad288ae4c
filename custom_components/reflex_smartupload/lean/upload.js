// In the place of what Reflex sends the files of `rx.upload` with: the same, once there are some.

/** @param {any[]} given */
export const uploadFiles = async (...given) => {
  // @ts-expect-error: it stands in the build of an app
  const { uploadFiles: send } = await import("$/utils/helpers/upload");
  return send(...given);
};
