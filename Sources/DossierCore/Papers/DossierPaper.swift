package import Hummingbird
import Kernel
import Persistence
package import Web

/// The papers printed of one dossier, by the names under which addresses and programs know them.
package enum DossierPaper: String, CaseIterable, Sendable {
    case proof, receipt
    case supplementRequest = "supplement-request"
    case refusal, apology
    case lateApology = "late-apology"
    case stopNotice = "stop-notice"
    case controlSlip = "control-slip"

    package var words: Words {
        switch self {
        case .proof: Words("Giấy xác nhận nộp hồ sơ", "Proof of filing")
        case .receipt: Words("Giấy tiếp nhận và hẹn trả", "Receipt")
        case .supplementRequest: Words("Phiếu yêu cầu bổ sung", "Request for a supplement")
        case .refusal: Words("Phiếu từ chối tiếp nhận", "Refusal")
        case .apology: Words("Văn bản xin lỗi, hẹn lại", "Apology and new date")
        case .lateApology: Words("Thư xin lỗi vì đã quá hạn", "Apology for the delay")
        case .stopNotice: Words("Thông báo dừng giải quyết", "Notice of the stop")
        case .controlSlip: Words("Phiếu kiểm soát", "Control slip")
        }
    }

    package var fileName: String {
        switch self {
        case .proof: "giay-xac-nhan"
        case .receipt: "giay-tiep-nhan"
        case .supplementRequest: "phieu-bo-sung"
        case .refusal: "phieu-tu-choi"
        case .apology: "van-ban-xin-loi"
        case .lateApology: "thu-xin-loi"
        case .stopNotice: "thong-bao-dung"
        case .controlSlip: "phieu-kiem-soat"
        }
    }

    /// Those that go to the applicant; the others stay inside.
    package static let forApplicants: [DossierPaper] = [
        .proof, .receipt, .supplementRequest, .refusal, .apology, .lateApology, .stopNotice,
    ]

    /// The paper that an address names, one of `papers`.
    package static func named(in context: some RequestContext, _ papers: [DossierPaper] = allCases) throws
        -> DossierPaper
    {
        let name = try context.parameters.require("paper")
        guard let paper = papers.first(where: { $0.rawValue == name }) else {
            throw Problem.noSuchPaper(papers.map(\.rawValue))
        }
        return paper
    }

    /// The papers that the history of a dossier calls for.
    package static func printable(of details: DossierBook.Details) -> [DossierPaper] {
        let called = Set(details.history.flatMap(\.event.happening.printable))
        // What was taken in by mistake has no receipt.
        let isCancelled = details.history.contains {
            if case .correction(.intakeCancelled) = $0.event { true } else { false }
        }
        return allCases.filter { called.contains($0) && !(isCancelled && $0 == .receipt) }
    }
}

extension Problem {
    /// The dossier has not come to the step that brings this paper.
    package static func notPrintable(_ paper: DossierPaper) -> Problem {
        Problem(
            "not-printable",
            "Hồ sơ chưa đến bước có “\(paper.words.vi)”. Hãy xem mục “Quá trình” của hồ sơ.",
            "The dossier has not come to the step with the paper “\(paper.words.en)”. Please look at its history.",
            .conflict
        )
    }

    package static func noSuchPaper(_ names: [String]) -> Problem {
        Problem(
            "no-such-paper",
            "Không có mẫu giấy này. Hãy dùng một trong các tên: \(names.joined(separator: ", ")).",
            "There is no such paper. Please use one of the names \(names.joined(separator: ", ")).",
            .notFound
        )
    }
}
