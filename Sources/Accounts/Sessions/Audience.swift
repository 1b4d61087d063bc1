/// The two kinds of people who sign in. The names are stored and spoken by the API.
package enum Audience: String, Codable, CaseIterable, Sendable { case citizen, staff }
