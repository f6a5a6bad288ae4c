// Uppy 5 with @uppy/aws-s3, the last one that sends the parts of one file in parallel.
// Same options as ../uppy6/main.js.
import Uppy from '@uppy/core'
import AwsS3 from '@uppy/aws-s3'
import { MiB, api, number, progress, status } from '../common/page.mjs'

const chunk = number('chunk')
const limit = number('limit')
const many = number('many') // many small files at once, each by one PUT
const uppy = new Uppy({ autoProceed: false })
  .use(AwsS3, {
    shouldUseMultipart: !many,
    getUploadParameters: async (file) => ({ method: 'PUT', headers: {}, ...(await api('sign', { method: 'PUT', key: file.name })) }),
    createMultipartUpload: (file) => api('create', { key: file.name }),
    signPart: (file, { key, uploadId, partNumber }) => api('sign', { method: 'PUT', key, uploadId, partNumber }),
    listParts: (file, { key, uploadId }) => api('list', { key, uploadId }),
    completeMultipartUpload: (file, { key, uploadId, parts }) => api('complete', { key, uploadId, parts }),
    abortMultipartUpload: (file, { key, uploadId }) => api('abort', { key, uploadId }),
    ...(chunk && { getChunkSize: () => chunk * MiB }),
    ...(limit && { limit }),
  })

uppy.on('upload-progress', (_, { bytesUploaded }) => progress(bytesUploaded))
uppy.on('error', (error) => status(`ERROR ${error.message}`))
uppy.on('complete', ({ successful, failed }) => status(successful.length === (many || 1) && !failed.length ? 'DONE' : 'ERROR'))

document.querySelector('#file').addEventListener('change', async ({ target: { files } }) => {
  status('uploading')
  uppy.addFiles(Array.from(files, (file) => ({ name: file.name, type: file.type, data: file })))
  await uppy.upload()
})
