import Testing

/// A sentence in the past tense that stands beside a button is believed, also where nothing was done. Whoever writes one
/// adds a line here that tells which record it is computed from.
@Suite struct `What pages and papers claim rests on a record` {
    private struct Claim {
        /// The name of the file alone, so that it may move.
        let file: String
        let words: String
        let truth: String

        init(_ file: String, _ words: String, _ truth: String) {
            (self.file, self.words, self.truth) = (file, words, truth)
        }
    }

    private static let claims = [
        // The one-stop office.
        Claim(
            "PhoneProofPage.swift",
            "Mã chưa được gửi đến điện thoại",
            "thrown where the notice's state is not handed over"
        ),
        Claim(
            "CodeNews.swift",
            "Mã lẽ ra được nhắn cho bạn là",
            "only in a demonstration, whose title says that nothing is sent"
        ),
        Claim("CodeNews.swift", "đã được chuyển cho cổng tin nhắn lúc", "the time of NoticeState.handedOver"),
        Claim("CodeNews.swift", "Tin nhắn có mã chưa được gửi", "NoticeState.waiting"),
        Claim("OfficeDesk.swift", "Đã lưu lúc", "the last event of the office, by this officer, with its time"),
        Claim(
            "OfficeAppointments.swift",
            "Tin đã chuyển cho nơi gửi",
            "counts NoticeState.handedOver of re-planning notices"
        ),
        Claim(
            "DetailsPages.swift",
            "Chúng tôi cũng nhắn tin",
            "only where a gateway is connected; the notice is said with the offer"
        ),
        Claim(
            "AppointmentProblems.swift",
            "Mã chưa được gửi đến điện thoại",
            "thrown where the notice's state is not handed over"
        ),
        Claim(
            "OfficesNow.swift",
            "Trang tự cập nhật",
            "the script asks every 15 s, and without scripts the page is loaded every 30 s"
        ),
        Claim("NoticeWords.swift", "Đã chuyển cho cổng tin nhắn lúc", "the time of NoticeState.handedOver"),
        Claim("NoticeWords.swift", "Máy chủ thư điện tử đã nhận thư lúc", "the time of NoticeState.handedOver by mail"),
        // Dossiers.
        Claim("ProofOfFiling.swift", "Giấy tờ đã nộp", "lists the files that the log holds"),
        Claim(
            "StopNotice.swift",
            "nhận lại giấy tờ đã nộp",
            "speaks of what may be fetched; the papers are those of the dossier"
        ),
        Claim("Charges.swift", "đã yêu cầu nộp", "the event that required the payment, with its amount and time"),
        Claim(
            "Charges.swift",
            "khoản nào đã nộp",
            "no payment and no demand stands in the history, and only that is said"
        ),
        Claim("DossierProblems.swift", "người dân tự nộp trực tuyến", "the channel of the filing"),
        Claim(
            "AddSigned.swift",
            "vẫn được lưu",
            "the history keeps the files that were prepared; ResultPanel shows them"
        ),
        Claim("CorrectAnswers.swift", "vẫn được lưu", "the earlier answers lie in their own sealed row"),
        Claim("CorrectAnswers.swift", "chưa lưu", "said where the act was refused because only rows were changed"),
        Claim("Collector.swift", "Đã gửi qua bưu điện", "a choice: the officer says so, and the event records it"),
        Claim("ReturnResult.swift", "Ghi đã gửi bưu điện", "names the act: the officer records what they have posted"),
        Claim("CitizenDossierPage.swift", "trang này sẽ báo", "Lateness is asked whenever the page is shown"),
        Claim("StartPage.swift", "Bạn vừa nộp hồ sơ", "FiledLately reads the applicant's own dossiers"),
        Claim("LifeMoves.swift", "Tôi đã nộp lại", "the simulated applicant's own remark, written with the supplement"),
        Claim("QuotaReached.swift", "Hôm nay bạn đã gửi \\(most)", "counted from the rows of today's filings"),
        Claim("QuotaReached.swift", "Hôm nay bạn đã gửi \\(size", "summed from the rows of today's filings"),
        Claim(
            "ResultEvent.swift",
            "Đã gửi trả kết quả qua bưu điện",
            "the words of the event that a result was given to the post"
        ),
        Claim("DossierProblems.swift", "Hồ sơ này đã được nộp", "a refusal of the aggregate, which has the filing"),
        Claim(
            "DossierProblems.swift",
            "Bản nháp này đã được nộp thành hồ sơ",
            "a refusal where the draft's row names its dossier"
        ),
        Claim("ConfirmPayment.swift", "Xác nhận đã nộp tiền", "the name of the act by which an officer says so"),
        Claim("Reuse.swift", "đã nộp ngày", "the day of the earlier dossier's filing"),
        Claim(
            "ScanRoutes.swift",
            "Tập quét này đã lưu vào hồ sơ hoặc đã bỏ",
            "refused where the batch's row is settled"
        ),
        Claim("ScanPages.swift", "Đã lưu vào hồ sơ", "the state of the batch's row"),
        Claim("ScanBatchPage.swift", "Không có gì được lưu vào hồ sơ", "said of a batch whose row was discarded"),
        Claim("ScanBatchPage.swift", "Các phần đã lưu vào hồ sơ", "shown for a batch whose row is filed"),
        Claim("ScanBatchPage.swift", "Đã lưu\"", "the part's time of filing"),
        Claim("CitizenDossierPage.swift", "Đã nộp hồ sơ", "the page exists only for a dossier that was filed"),
        Claim("CitizenDossierPage.swift", "Hồ sơ đã nộp", "shows the filing's answers and files"),
        Claim(
            "MyDossiersPage.swift",
            "Đã lưu lúc",
            "the time at which the draft's row was written last"
        ),
        Claim("MyDossiersPage.swift", "\"Đã nộp\"", "heads the list of filed dossiers"),
        Claim("MyDossiersPage.swift", "Hồ sơ đã nộp", "heads the list of filed dossiers"),
        // Accounts.
        Claim("ColleaguePage.swift", "Đã lưu vai trò", "only the route that has saved leads here"),
        Claim("SignInPage.swift", "Nội dung vừa gửi không được giữ lại", "only where the form was too long to be kept"),
        Claim(
            "ClashPage.swift",
            "đã được lưu",
            "the page is made after the transaction that saved every field without a clash"
        ),
        Claim("SecurityPanels.swift", "Đã lưu thông tin của bạn", "only the route that has saved leads here"),
        // What the machinery says.
        Claim("PaperClaims.swift", "đã nộp", "looked for on papers, and held against the payments of the log"),
        Claim("Outages.swift", "Nếu vừa gửi biểu mẫu", "conditional: it says that nobody knows"),
        Claim("Outages.swift", "những gì đã lưu trước đó", "what was committed before stays readable"),
        Claim("Outages.swift", "Một tệp vừa gửi đã chờ quá lâu", "thrown where the file that was received is gone"),
        Claim("ProblemKinds.swift", "Dữ liệu đã lưu của bạn vẫn còn", "a transaction is whole or not at all"),
        Claim(
            "KeptFormRoutes.swift",
            "trước khi biểu mẫu được gửi",
            "the kept form's row, which only an ended session makes"
        ),
        Claim(
            "CSRFMiddleware.swift",
            "được gửi từ trang của chúng tôi",
            "says that this could not be told, before anything is done"
        ),
    ]

    private static let found = SourceFile.sources.flatMap { file in
        let claiming =
            /(?i)(?:đã|vừa|được|sẽ|cũng|tự)(?: được| tự)? (?:gửi|báo|nhắn|thông báo|lưu|nộp|chuyển cho|cập nhật|hoàn trả|in ra|nhận thư)(?![\p{L}])/
        // Patterns are slow and letters in plenty.
        let verbs = ["gửi", "báo", "nhắn", "lưu", "nộp", "chuyển cho", "cập nhật", "hoàn trả", "in ra", "nhận thư"]
        return file.lines.indices.filter { index in
            let line = file.code(index)
            return verbs.contains { line.contains($0) } && line.contains(claiming)
        }.map { (file, $0) }
    }

    private static func covers(_ claim: Claim, _ file: SourceFile, _ index: Int) -> Bool {
        file.path.hasSuffix("/\(claim.file)") && file.code(index).contains(claim.words)
    }

    @Test func `every claim has a line that tells what makes it true`() {
        #expect(Self.found.count > 30)
        for (file, index) in Self.found where !Self.claims.contains(where: { Self.covers($0, file, index) }) {
            Issue.record("\(file.place(index)) claims an act: name here the record it is computed from")
        }
    }

    @Test func `every line speaks of a claim that is made, and says why`() {
        for claim in Self.claims {
            #expect(claim.truth.count > 10)
            #expect(
                Self.found.contains { Self.covers(claim, $0.0, $0.1) },
                "nobody claims “\(claim.words)” in \(claim.file) any more"
            )
        }
    }
}
