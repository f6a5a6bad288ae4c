// Uppy 6 with @uppy/aws-s3. chunk (MiB) and limit are left at Uppy's defaults unless given.
import Uppy from '@uppy/core'
import AwsS3 from '@uppy/aws-s3'
import { MiB, api, number, progress, status } from '../common/page.mjs'

const chunk = number('chunk')
const limit = number('limit')
const many = number('many') // many small files at once, with Uppy's own choice between one PUT and parts
const uppy = new Uppy({ autoProceed: false })
  .use(AwsS3, {
    shouldUseMultipart: many ? (file) => file.size > 100 * MiB : true, // its default for files over 100 MB, as here; smaller ones are used on slow links
    generateObjectKey: (file) => file.name,
    signRequest: (request) => api('sign', request),
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
