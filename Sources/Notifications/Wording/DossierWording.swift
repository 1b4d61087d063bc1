import Web

/// In lists of strangers and on locked screens stands a code and a link: no name, no procedure, no sum and no reason.
extension Wording {
    static let dossiers = [
        Wording(
            "dossier.filed",
            Words("Hồ sơ đã đến cơ quan", "Your dossier has arrived"),
            "Cơ quan có hồ sơ {code} của bạn và sẽ xem xét. Theo dõi: {link}",
            "The office has your dossier {code} and will look at it. Follow it: {link}"
        ),
        Wording(
            "dossier.accepted",
            Words("Hồ sơ được tiếp nhận", "Your dossier is accepted"),
            "Hồ sơ {code} được tiếp nhận, hẹn trả kết quả {time}. Theo dõi: {link}",
            "Dossier {code} is accepted; the result is due {time}. Follow it: {link}"
        ),
        Wording(
            "dossier.acceptedWithoutDay",
            Words("Hồ sơ được tiếp nhận", "Your dossier is accepted"),
            "Hồ sơ {code} được tiếp nhận. Theo dõi: {link}",
            "Dossier {code} is accepted. Follow it: {link}"
        ),
        Wording(
            "dossier.supplementAsked",
            Words("Hồ sơ cần bổ sung", "Your dossier needs a supplement"),
            "Hồ sơ {code} cần bổ sung giấy tờ, hạn cuối ngày {day}. Xem cần gì: {link}",
            "Dossier {code} needs a supplement, at the latest on {day}. What is needed: {link}"
        ),
        Wording(
            "dossier.supplementAskedOpen",
            Words("Hồ sơ cần bổ sung", "Your dossier needs a supplement"),
            "Hồ sơ {code} cần bổ sung giấy tờ. Xem cần gì: {link}",
            "Dossier {code} needs a supplement. What is needed: {link}"
        ),
        Wording(
            "dossier.supplementReminder",
            Words("Nhắc bổ sung hồ sơ", "A supplement is still awaited"),
            "Nhắc bạn: hồ sơ {code} còn chờ bổ sung, hạn cuối ngày {day}. Xem cần gì: {link}",
            "A reminder: dossier {code} awaits a supplement, at the latest on {day}. What is needed: {link}"
        ),
        Wording(
            "dossier.paymentAsked",
            Words("Hồ sơ có khoản phải nộp", "A payment is due"),
            "Hồ sơ {code} có khoản phải nộp trước khi giải quyết tiếp. Xem chi tiết: {link}",
            "Dossier {code} awaits a payment before work goes on. Details: {link}"
        ),
        Wording(
            "dossier.dueMoved",
            Words("Ngày hẹn trả thay đổi", "Another due date"),
            "Ngày hẹn trả kết quả hồ sơ {code} nay là {time}. Xem lý do: {link}",
            "The result of dossier {code} is now due {time}. Why: {link}"
        ),
        Wording(
            "dossier.extended",
            Words("Xin lỗi và hẹn lại", "Our apologies, and another due date"),
            "Xin lỗi bạn: hồ sơ {code} cần thêm thời gian, hẹn lại {time}. Xem lý do: {link}",
            "Our apologies: dossier {code} needs more time and is now due {time}. Why: {link}"
        ),
        Wording(
            "dossier.apologised",
            Words("Xin lỗi vì chậm kết quả", "Our apologies for the delay"),
            "Xin lỗi bạn: hồ sơ {code} quá hạn, dự kiến có kết quả ngày {day}. Xem lý do: {link}",
            "Our apologies: dossier {code} is late; the result is expected on {day}. Why: {link}"
        ),
        Wording(
            "dossier.readyOnline",
            Words("Kết quả sẵn sàng", "The result is ready"),
            "Hồ sơ {code} có kết quả. Đăng nhập để tải về: {link}",
            "The result of dossier {code} is ready. Sign in to download it: {link}"
        ),
        Wording(
            "dossier.readyAtCounter",
            Words("Kết quả sẵn sàng", "The result is ready"),
            "Hồ sơ {code} có kết quả. Mời đến Bộ phận Một cửa nhận, mang giấy hẹn và giấy tờ tùy thân. Xem nơi nhận: {link}",
            "The result of dossier {code} is ready. Fetch it at the one-stop office with the receipt and your identity paper. Where: {link}"
        ),
        Wording(
            "dossier.readyByPost",
            Words("Kết quả sẵn sàng", "The result is ready"),
            "Hồ sơ {code} có kết quả, sẽ giao bưu điện chuyển đến địa chỉ bạn chọn. Theo dõi: {link}",
            "The result of dossier {code} is ready and goes by post to the address you chose. Follow it: {link}"
        ),
        Wording(
            "dossier.handedOver",
            Words("Kết quả được trao tại quầy", "The result was handed over"),
            "Kết quả hồ sơ {code} được ghi là trao tại quầy. Nếu bạn không biết việc này, hãy hỏi cơ quan: {link}",
            "The result of dossier {code} is recorded as handed over at the counter. If you do not know of it, ask the office: {link}"
        ),
        Wording(
            "dossier.posted",
            Words("Kết quả được giao bưu điện", "The result went to the post"),
            "Kết quả hồ sơ {code} được giao cho bưu điện. Theo dõi: {link}",
            "The result of dossier {code} was given to the post. Follow it: {link}"
        ),
        Wording(
            "dossier.returnTakenBack",
            Words("Ghi nhầm việc trả kết quả", "The result was not handed over"),
            "Ghi nhầm: kết quả hồ sơ {code} chưa trao. Xem lại: {link}",
            "A mistake of ours: the result of dossier {code} has not been handed over. See: {link}"
        ),
        Wording(
            "dossier.corrected",
            Words("Kết quả được đính chính", "The result is being corrected"),
            "Kết quả hồ sơ {code} đang được đính chính, xin đừng dùng bản cũ. Theo dõi: {link}",
            "The result of dossier {code} is being corrected; please do not use the earlier one. Follow it: {link}"
        ),
        Wording(
            "dossier.refused",
            Words("Hồ sơ không được tiếp nhận", "Your dossier is not accepted"),
            "Hồ sơ {code} không được tiếp nhận. Xem lý do: {link}",
            "Dossier {code} is not accepted. Why: {link}"
        ),
        Wording(
            "dossier.stopped",
            Words("Hồ sơ dừng giải quyết", "Work on your dossier has stopped"),
            "Hồ sơ {code} dừng giải quyết. Xem lý do: {link}",
            "Work on dossier {code} has stopped. Why: {link}"
        ),
        Wording(
            "dossier.cancelled",
            Words("Hồ sơ hủy vì nhập nhầm", "Your dossier is cancelled"),
            "Hồ sơ {code} bị hủy vì cán bộ nhập nhầm. Xem lý do: {link}",
            "Dossier {code} is cancelled: it was taken in by mistake. Why: {link}"
        ),
        Wording(
            "dossier.withdrawn",
            Words("Hồ sơ được rút", "Your dossier is withdrawn"),
            "Hồ sơ {code} được rút theo yêu cầu. Xem lại: {link}",
            "Dossier {code} is withdrawn as asked. See: {link}"
        ),
        Wording(
            "dossier.withdrawalDeclined",
            Words("Yêu cầu rút không được chấp thuận", "Your dossier goes on"),
            "Yêu cầu rút hồ sơ {code} không được chấp thuận. Xem lý do: {link}",
            "The withdrawal of dossier {code} is declined. Why: {link}"
        ),
    ]
}
