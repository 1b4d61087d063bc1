/// One line of the public file of the national portal; only what is read of it.
struct PortalRecord: Decodable {
    struct Terms: Decodable {
        struct Time: Decodable {
            let value: Double?
            let unit: String?
        }

        struct Price: Decodable {
            let raw: String?
            let amount: Int?
            let currency: String?
            let note: String?
            let reliable: Bool?
        }

        let channel: String
        let time: Time?
        let fee: Price?
        let description: String?
    }

    struct Document: Decodable {
        let group: String?
        let name: String
        let originals: Int?
        let copies: Int?
    }

    struct Outcome: Decodable { let name: String, code: String? }

    let code: String
    let name: String?
    let field: String?
    let levels: [String]?
    let decision: String?
    let applicants: [String]?
    let channels: [Terms]?
    let documents: [Document]?
    let results: [Outcome]?
    let conditions: String?
    let legalBasis: [String]?
    /// Why the line cannot be believed: the portal served another procedure under this code.
    let suspectCrawl: String?

    private enum CodingKeys: String, CodingKey {
        case code, name, field, levels, decision, applicants, channels, documents, results, conditions
        case legalBasis = "legal_basis"
        case suspectCrawl = "suspect_crawl"
    }
}
