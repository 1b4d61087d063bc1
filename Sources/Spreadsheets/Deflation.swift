import CZlib

/// Compresses a stream of bytes as zip files hold them (RFC 1951), piece by piece.
final class Deflation {
    struct Failure: Error { let code: Int32 }

    // zlib keeps a pointer to its state in itself, so it must not move.
    private let stream: UnsafeMutablePointer<z_stream>
    private(set) var checksum: UInt32 = 0
    private(set) var bytesIn = 0
    private(set) var bytesOut = 0

    init() throws {
        stream = .allocate(capacity: 1)
        stream.initialize(to: z_stream())
        // Negative: no header of zlib's own. 15 bits of window and 8 of memory are the usual 256 KB.
        let code = deflateInit2_(
            stream,
            Z_DEFAULT_COMPRESSION,
            Z_DEFLATED,
            -15,
            8,
            Z_DEFAULT_STRATEGY,
            ZLIB_VERSION,
            Int32(MemoryLayout<z_stream>.size)
        )
        guard code == Z_OK else {
            stream.deallocate()
            throw Failure(code: code)
        }
    }

    deinit {
        deflateEnd(stream)
        stream.deallocate()
    }

    /// Compresses `bytes`, and with `isLast` whatever was held back, onto the end of `output`.
    func write(_ bytes: [UInt8], isLast: Bool = false, to output: inout [UInt8]) throws {
        var bytes = bytes
        bytesIn += bytes.count
        try bytes.withUnsafeMutableBufferPointer { input in
            checksum = UInt32(crc32(UInt(checksum), input.baseAddress, UInt32(input.count)))
            stream.pointee.next_in = input.baseAddress
            stream.pointee.avail_in = UInt32(input.count)
            var code = Z_OK
            repeat {
                var filled = 0
                let room = 32 << 10
                let start = output.count
                output.append(contentsOf: repeatElement(0, count: room))
                output.withUnsafeMutableBufferPointer { buffer in
                    stream.pointee.next_out = buffer.baseAddress.map { $0 + start }
                    stream.pointee.avail_out = UInt32(room)
                    code = deflate(stream, isLast ? Z_FINISH : Z_NO_FLUSH)
                    filled = room - Int(stream.pointee.avail_out)
                }
                output.removeLast(room - filled)
                bytesOut += filled
                // A buffer error only says that there was nothing left to do.
                guard code == Z_OK || code == Z_STREAM_END || code == Z_BUF_ERROR else { throw Failure(code: code) }
            } while stream.pointee.avail_out == 0 && code != Z_STREAM_END
        }
    }
}
