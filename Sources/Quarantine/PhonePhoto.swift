import CHeif
import CTurboJPEG
import Foundation
import Kernel
import Scans

/// A picture as iPhones store it (HEIC), which neither browsers nor printers read: made into a JPEG, upright.
enum PhonePhoto {
    /// Nobody sees what is lost at this quality, and twelve megapixels stay within four megabytes.
    private static let quality: Int32 = 88

    static func jpeg(_ path: String) throws(PhotoFault) -> [UInt8] {
        // A file that cannot be read now is as good as damaged to whoever waits for it.
        guard let data = try? Data(contentsOf: URL(filePath: path), options: .alwaysMapped) else { throw .unreadable }
        // The closure cannot say which errors it throws.
        let read = data.withUnsafeBytes { bytes in Result { () throws(PhotoFault) in try jpeg(bytes) } }
        return try read.get()
    }

    private static func jpeg(_ bytes: UnsafeRawBufferPointer) throws(PhotoFault) -> [UInt8] {
        guard let start = bytes.baseAddress, let context = heif_context_alloc() else { throw .unreadable }
        defer { heif_context_free(context) }
        // The room allows no threads.
        heif_context_set_max_decoding_threads(context, 0)
        try require(heif_context_read_from_memory_without_copy(context, start, bytes.count, nil))
        var handle: OpaquePointer?
        try require(heif_context_get_primary_image_handle(context, &handle))
        defer { heif_image_handle_release(handle) }
        let (width, height) = (heif_image_handle_get_width(handle), heif_image_handle_get_height(handle))
        guard width > 0, height > 0 else { throw .unreadable }
        guard PictureLimit.admits(width: Int(width), height: Int(height)) else { throw .tooManyPixels }
        var image: OpaquePointer?
        // Turns and mirrors the picture as its file says.
        try require(heif_decode_image(handle, &image, heif_colorspace_RGB, heif_chroma_interleaved_RGB, nil))
        defer { heif_image_release(image) }
        return try packed(image)
    }

    private static func packed(_ image: OpaquePointer?) throws(PhotoFault) -> [UInt8] {
        var stride: Int32 = 0
        let width = heif_image_get_width(image, heif_channel_interleaved)
        let height = heif_image_get_height(image, heif_channel_interleaved)
        guard let pixels = heif_image_get_plane_readonly(image, heif_channel_interleaved, &stride),
            let encoder = tjInitCompress()
        else { throw .unreadable }
        defer { tjDestroy(encoder) }
        var jpeg: UnsafeMutablePointer<UInt8>?
        var size: UInt = 0
        let status = tjCompress2(
            encoder,
            pixels,
            width,
            stride,
            height,
            Int32(TJPF_RGB.rawValue),
            &jpeg,
            &size,
            Int32(TJSAMP_420.rawValue),
            quality,
            0
        )
        guard status == 0, let jpeg else { throw .unreadable }
        defer { tjFree(jpeg) }
        return Array(UnsafeBufferPointer(start: jpeg, count: Int(size)))
    }

    private static func require(_ error: heif_error) throws(PhotoFault) {
        guard error.code == heif_error_Ok else { throw .unreadable }
    }
}
