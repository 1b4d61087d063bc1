package import Web

/// Where a dossier stands. Finer than the ten national states, to which it maps.
package enum Stage: String, Codable, CaseIterable, Sendable {
    case unfiled, filed, accepted, refused, processing, awaitingSupplement, awaitingObligation, withdrawn, stopped,
        finished, returned
    /// Taken in by mistake: it was never a dossier, and no number counts it.
    case cancelled

    /// The state's number in the exchange with the national portal (TrangThaiHoSo, 1…10); nil for what is not, or never
    /// was, a dossier.
    package var nationalState: Int? {
        switch self {
        case .unfiled, .cancelled: nil
        case .filed: 1
        case .accepted: 2
        case .refused: 3
        case .processing: 4
        case .awaitingSupplement: 5
        case .awaitingObligation: 6
        case .withdrawn: 7
        case .stopped: 8
        case .finished: 9
        case .returned: 10
        }
    }

    /// Somebody still has work to do before there is a result.
    package var isOpen: Bool {
        switch self {
        case .filed, .accepted, .processing, .awaitingSupplement, .awaitingObligation: true
        case .unfiled, .refused, .withdrawn, .stopped, .finished, .returned, .cancelled: false
        }
    }

    package var name: Words {
        switch self {
        case .unfiled: Words(vi: "Chưa nộp", en: "Not filed")
        case .filed: Words(vi: "Mới đăng ký", en: "Filed")
        case .accepted: Words(vi: "Được tiếp nhận", en: "Accepted")
        case .refused: Words(vi: "Không được tiếp nhận", en: "Not accepted")
        case .processing: Words(vi: "Đang xử lý", en: "In process")
        case .awaitingSupplement: Words(vi: "Yêu cầu bổ sung giấy tờ", en: "Supplement requested")
        case .awaitingObligation: Words(vi: "Yêu cầu thực hiện nghĩa vụ tài chính", en: "Payment due")
        case .withdrawn: Words(vi: "Công dân yêu cầu rút hồ sơ", en: "Withdrawn")
        case .stopped: Words(vi: "Dừng xử lý", en: "Stopped")
        case .finished: Words(vi: "Đã xử lý xong", en: "Finished")
        case .returned: Words(vi: "Đã trả kết quả", en: "Result returned")
        case .cancelled: Words(vi: "Đã hủy vì nhập nhầm", en: "Cancelled: entered by mistake")
        }
    }
}
