import Glibc

extension UnsafeRawBufferPointer {
    /// Where `byte` first stands at or behind `start`. The C library looks at many bytes at once.
    func firstIndex(of byte: UInt8, from start: Int) -> Int? {
        guard start < count, let base = baseAddress,
            let found = memchr(base + start, Int32(byte), count - start)
        else { return nil }
        return UnsafeRawPointer(found) - base
    }
}
