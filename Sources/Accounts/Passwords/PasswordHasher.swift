import Crypto
import CryptoExtras
import NIOPosix
import Synchronization
import Web

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// Hashes passwords with scrypt on threads of its own, so that no request waits behind a hash it did not ask for.
package struct PasswordHasher: Sendable {
    let cost: ScryptCost
    /// Compared with when there is no such account, so that the answer takes as long as for one that exists.
    private let decoy: PasswordHash

    package init(cost: ScryptCost = .standard) {
        self.cost = cost
        decoy = PasswordHash(cost: cost, salt: Data(repeating: 7, count: 16), key: SymmetricKey(size: .bits256))
    }

    /// Two hashes at a time in the whole process: 64 MiB at the standard cost, whoever asks and however often.
    private static let threads = {
        let threads = NIOThreadPool(numberOfThreads: 2)
        threads.start()
        return threads
    }()

    /// How many hashes wait or run, of whoever shares this hasher; beyond some seconds of work it is kinder to say so at
    /// once.
    private final class Queue: Sendable { let length = Atomic(0) }
    private let queue = Queue()
    private static let longestQueue = 100

    func hash(_ password: Password) async throws -> PasswordHash {
        let salt = Data(randomBytes(16))
        let key = try await derive(password, salt: salt, cost: cost)
        return PasswordHash(cost: cost, salt: salt, key: key)
    }

    /// Whether `password` is the one behind `hash`; for nil no, after the same time.
    func matches(_ password: Password, _ hash: PasswordHash?) async throws -> Bool {
        let expected = hash ?? decoy
        let key = try await derive(password, salt: expected.salt, cost: expected.cost)
        // `SymmetricKey` compares in constant time.
        return key == expected.key && hash != nil
    }

    private func derive(_ password: Password, salt: Data, cost: ScryptCost) async throws -> SymmetricKey {
        guard queue.length.add(1, ordering: .relaxed).newValue <= Self.longestQueue else {
            queue.length.subtract(1, ordering: .relaxed)
            throw TooBusy()
        }
        defer { queue.length.subtract(1, ordering: .relaxed) }
        return try await Self.threads.runIfActive {
            try KDF.Scrypt.deriveKey(
                from: Data(password.text.utf8),
                salt: salt,
                outputByteCount: 32,
                rounds: 1 << cost.logRounds,
                blockSize: cost.blockSize,
                parallelism: cost.parallelism
            )
        }
    }
}
