/// The way a dossier came in; fixed at filing, because statistics II.06a count by it.
package enum Channel: String, Codable, CaseIterable, Sendable { case counter, online, post }

/// The way a result goes out.
package enum ReturnMethod: String, Codable, CaseIterable, Sendable { case counter, online, post }
