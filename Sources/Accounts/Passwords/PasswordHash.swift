import Crypto

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// A password as it is stored: `$scrypt$ln=15,r=8,p=1$<salt>$<key>`, so that the cost may rise without locking
/// anybody out.
struct PasswordHash: RawRepresentable, Sendable {
    let cost: ScryptCost
    let salt: Data
    let key: SymmetricKey

    init(cost: ScryptCost, salt: Data, key: SymmetricKey) {
        self.cost = cost
        self.salt = salt
        self.key = key
    }

    init?(rawValue: String) {
        let parts = rawValue.split(separator: "$", omittingEmptySubsequences: false)
        guard parts.count == 5, parts[0].isEmpty, parts[1] == "scrypt",
            let cost = ScryptCost(parameters: parts[2]), cost.isSane,
            let salt = Data(base64Encoded: String(parts[3])), !salt.isEmpty,
            let key = Data(base64Encoded: String(parts[4])), key.count == 32
        else { return nil }
        self.init(cost: cost, salt: salt, key: SymmetricKey(data: key))
    }

    var rawValue: String {
        let key = key.withUnsafeBytes { Data($0) }
        return "$scrypt$\(cost.parameters)$\(salt.base64EncodedString())$\(key.base64EncodedString())"
    }
}

extension ScryptCost {
    fileprivate var parameters: String { "ln=\(logRounds),r=\(blockSize),p=\(parallelism)" }

    fileprivate init?(parameters: Substring) {
        let pairs = parameters.split(separator: ",").map { $0.split(separator: "=") }
        guard pairs.map(\.first) == ["ln", "r", "p"], pairs.allSatisfy({ $0.count == 2 }) else { return nil }
        let numbers = pairs.compactMap { Int($0[1]) }
        guard numbers.count == 3 else { return nil }
        self.init(logRounds: numbers[0], blockSize: numbers[1], parallelism: numbers[2])
    }
}
