import Crypto
import CryptoExtras
import NIOPosix
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
    private let turns: FairTurns

    /// `share` is how many hashes one address may wait for.
    package init(cost: ScryptCost = .standard, atOnce: Int = PasswordHasher.width, share: Int = 30) {
        self.cost = cost
        decoy = PasswordHash(cost: cost, salt: Data(repeating: 7, count: 16), key: SymmetricKey(size: .bits256))
        turns = FairTurns(atOnce: atOnce, share: share)
    }

    /// Two hashes at a time in the whole process: 64 MiB at the standard cost, whoever asks and however often.
    package static let width = 2
    private static let threads = {
        let threads = NIOThreadPool(numberOfThreads: width)
        threads.start()
        return threads
    }()

    /// `address` is whose turn the hash takes: a network, or a person who is signed in.
    func hash(_ password: Password, for address: String = "") async throws -> PasswordHash {
        let salt = Data(randomBytes(16))
        let key = try await derive(password, salt: salt, cost: cost, for: address)
        return PasswordHash(cost: cost, salt: salt, key: key)
    }

    /// Whether `password` is the one behind `hash`; for nil no, after the same time.
    func matches(_ password: Password, _ hash: PasswordHash?, for address: String = "") async throws -> Bool {
        let expected = hash ?? decoy
        let key = try await derive(password, salt: expected.salt, cost: expected.cost, for: address)
        // `SymmetricKey` compares in constant time.
        return key == expected.key && hash != nil
    }

    private func derive(
        _ password: Password,
        salt: Data,
        cost: ScryptCost,
        for address: String
    ) async throws -> SymmetricKey {
        try await turns.take(address) {
            try await Self.threads.runIfActive {
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
}
