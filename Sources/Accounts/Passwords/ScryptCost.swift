/// How much work one hash is. What it costs us once it costs a thief for every guess.
package struct ScryptCost: Hashable, Sendable {
    /// The binary logarithm of scrypt's N.
    let logRounds: Int
    let blockSize: Int
    let parallelism: Int

    package init(logRounds: Int, blockSize: Int, parallelism: Int) {
        self.logRounds = logRounds
        self.blockSize = blockSize
        self.parallelism = parallelism
    }

    /// A row of OWASP's Password Storage Cheat Sheet (N=2^15, r=8, p=3), all of which cost a thief the same. This one
    /// needs 32 MiB, and two at a time leave room for everything else on a small server.
    package static let standard = ScryptCost(logRounds: 15, blockSize: 8, parallelism: 3)

    /// Refuses parameters that a damaged row could turn into gigabytes.
    var isSane: Bool { (1...20).contains(logRounds) && (1...32).contains(blockSize) && (1...16).contains(parallelism) }
}
