package import Web

/// `0,9 MB`, as Vietnamese writes decimals.
package func size(of bytes: Int) -> String {
    if bytes < 1000 { return "\(bytes) byte" }
    if bytes < 1_000_000 { return "\((bytes + 500) / 1000) kB" }
    let tenths = (bytes + 50_000) / 100_000
    return "\(tenths / 10),\(tenths % 10) MB"
}

/// `3 trang`.
package func pages(_ file: AttachedFile, _ say: Language) -> String {
    guard let count = file.pages else { return say("nhiều trang", "several pages") }
    return say("\(count) trang", count == 1 ? "1 page" : "\(count) pages")
}
