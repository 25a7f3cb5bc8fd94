"""More made documents: a scheme with parts, a plan of many tasks, a programme, a regulation, a submission."""

from __future__ import annotations

from datetime import date

from tests.documents.made_set.prose import basis, cited, para, points
from tests.documents.made_set.spec import Annex, Document, Grid, Layout, Para, Point, Section

_ROM, _ARA, _DEC = "roman", "arabic", "decimal"

SCHEME = Document(
    name="tinh-de-an-hoc-tap-mo",
    offices=("ỦY BAN NHÂN DÂN", "TỈNH MINH HỌA"),
    issuer="Ủy ban nhân dân tỉnh Minh Họa",
    kind="Đề án",
    number="08/ĐA-UBND",
    place="Minh Họa",
    day=date(2024, 5, 14),
    title="Phát triển học tập mở giai đoạn 2024 - 2028",
    bases=(
        basis("Luật Giáo dục", "43/2019/QH14", "14/6/2019"),
        basis("Nghị quyết", "29-NQ/TW", "04/11/2013", "Ban Chấp hành Trung ương"),
        basis("Quyết định", "1373/QĐ-TTg", "30/7/2021", "Thủ tướng Chính phủ",
              "phê duyệt Đề án xây dựng xã hội học tập"),
    ),
    body=(
        Section("part", "SỰ CẦN THIẾT VÀ CĂN CỨ", (
            Section(_ROM, "SỰ CẦN THIẾT", (para(8), para(13))),
            Section(_ROM, "THỰC TRẠNG", (
                Section(_ARA, "Kết quả", (para(5),)),
                Section(_ARA, "Hạn chế và nguyên nhân", (
                    Section(_DEC, "Hạn chế", (*points("dash", 0, 2),)),
                    Section(_DEC, "Nguyên nhân", (para(20),)),
                )),
            )),
        )),
        Section("part", "NỘI DUNG ĐỀ ÁN", (
            Section(_ROM, "QUAN ĐIỂM", (para(27), para(12))),
            Section(_ROM, "NHIỆM VỤ, GIẢI PHÁP", (
                Section(_ARA, "Hoàn thiện cơ chế", (para(29),)),
                Section(_ARA, "Phát triển nguồn học liệu mở", (para(8), *points("letter", 5, 5))),
            )),
            Section(_ROM, "KINH PHÍ", (Grid((
                ("Năm", "Ngân sách tỉnh", "Ngân sách xã", "Xã hội hóa", "Cộng"),
                ("2024", "3.200", "900", "450", "4.550"),
                ("2025", "4.100", "1.250", "600", "5.950"),
                ("2026", "4.100", "1.300", "700", "6.100"),
            )),)),
        )),
        Section("part", "TỔ CHỨC THỰC HIỆN", (para(28), para(6))),
    ),
    recipients=("Thường trực Tỉnh ủy", "Các sở, ngành", "Lưu: VT, KGVX"),
    signs_for=("TM. ỦY BAN NHÂN DÂN",),
    office="CHỦ TỊCH",
    signer_title="Chủ tịch",
    signer="Lâm Văn Ước Chừng",
    layout=Layout(seed=26, size=13),
)  # fmt: skip

PLAN_TABLE_OF_TASKS = Document(
    name="so-ke-hoach-phan-cong",
    offices=("UBND TỈNH MINH HỌA", "SỞ GIÁO DỤC VÀ ĐÀO TẠO"),
    issuer="Sở Giáo dục và Đào tạo tỉnh Minh Họa",
    parent="UBND tỉnh Minh Họa",
    kind="Kế hoạch",
    number="1950/KH-SGDĐT",
    place="Minh Họa",
    day=date(2024, 7, 2),
    title="Thực hiện Đề án phát triển học tập mở năm 2024",
    bases=(basis("Đề án", "08/ĐA-UBND", "14/5/2024", "Ủy ban nhân dân tỉnh Minh Họa", first="Thực hiện"),),
    opening=("Sở Giáo dục và Đào tạo xây dựng Kế hoạch như sau:",),
    body=(
        Section(_ROM, "YÊU CẦU", (para(28),)),
        Section(_ROM, "NHIỆM VỤ CỤ THỂ", (Para("Nhiệm vụ của từng đơn vị nêu tại Phụ lục kèm theo Kế hoạch này."),)),
        Section(_ROM, "CHẾ ĐỘ BÁO CÁO", (
            Section(_ARA, "Báo cáo định kỳ", (para(19),)),
            Section(_ARA, "Báo cáo đột xuất", (para(23),)),
        )),
    ),
    recipients=("Ủy ban nhân dân tỉnh", "Các phòng thuộc Sở", "Lưu: VT, GDTX"),
    signs_for=("KT. GIÁM ĐỐC",),
    office="PHÓ GIÁM ĐỐC",
    signer_title="Phó Giám đốc",
    signer="Tạ Thị Giả Như",
    annexes=(
        Annex("PHỤ LỤC", "PHÂN CÔNG NHIỆM VỤ",
              "(Kèm theo Kế hoạch số 1950/KH-SGDĐT ngày 02/7/2024 của Sở Giáo dục và Đào tạo)", (
                  Grid((
                      ("TT", "Nhiệm vụ", "Đơn vị chủ trì", "Đơn vị phối hợp", "Thời gian hoàn thành"),
                      ("I", "Hoàn thiện cơ chế", "", "", ""),
                      *((str(n), f"{text} ở các đơn vị thuộc phạm vi quản lý, bảo đảm đúng mẫu và đúng hạn đã nêu",
                         who, other, when)
                        for n, (text, who, other, when) in enumerate((
                            ("Rà soát quy định về mượn thiết bị", "Phòng Pháp chế", "Văn phòng", "Quý III/2024"),
                            ("Soạn hướng dẫn nộp học liệu", "Phòng Giáo dục trung học", "Các trường", "Tháng 9/2024"),
                            ("Lập danh mục môn mở", "Phòng Giáo dục thường xuyên", "Các trung tâm", "Tháng 10/2024"),
                            ("Thử nghiệm lớp học buổi tối", "Phòng Giáo dục thường xuyên", "Các xã", "Tháng 11/2024"),
                        ), start=1)),
                      ("II", "Phát triển học liệu", "", "", ""),
                      *((str(n), f"{text} và lập sổ theo dõi từng bước, gửi số liệu về bộ phận tổng hợp của Sở",
                         who, other, when)
                        for n, (text, who, other, when) in enumerate((
                            ("Quay phim bài giảng mẫu", "Phòng Giáo dục tiểu học", "Các trường", "Hằng tháng"),
                            ("Dịch học liệu sang tiếng dân tộc", "Phòng Giáo dục dân tộc", "Các trường", "Quý IV/2024"),
                            ("Kiểm duyệt học liệu mới nộp", "Hội đồng thẩm định", "Tổ chuyên môn", "Hằng quý"),
                            ("Mua bản quyền sách nói", "Phòng Kế hoạch - Tài chính", "Thư viện tỉnh", "Tháng 12/2024"),
                            ("Tặng tài khoản thư viện số", "Văn phòng", "Thư viện tỉnh", "Tháng 12/2024"),
                            ("Mở trang hỏi đáp học tập", "Văn phòng", "Các trung tâm", "Tháng 11/2024"),
                        ), start=5)),
                  ), widths=(1, 6, 3, 3, 3)),
              )),
    ),
    layout=Layout(seed=27),
)  # fmt: skip

LETTER_SHORT = Document(
    name="bo-gd-cong-van-ngan",
    offices=("BỘ GIÁO DỤC VÀ ĐÀO TẠO",),
    issuer="Bộ Giáo dục và Đào tạo",
    kind="Công văn",
    number="2381/BGDĐT-CSVC",
    place="Hà Nội",
    day=date(2025, 5, 27),
    title="rà soát nhà vệ sinh\ntrường học",
    addressees=("Sở Giáo dục và Đào tạo các tỉnh, thành phố",),
    bases=(basis("Chỉ thị", "905/CT-TTg", "20/5/2025", "Thủ tướng Chính phủ", "về nước sạch học đường", "Thực hiện"),),
    opening=("Bộ Giáo dục và Đào tạo đề nghị các sở:",),
    body=(*points("dash", 0, 3), Para("Trân trọng./.")),
    recipients=("Như trên", "Thứ trưởng phụ trách (để báo cáo)", "Lưu: VT, CSVC"),
    signs_for=("TL. BỘ TRƯỞNG",),
    office="VỤ TRƯỞNG",
    signer_title="Vụ trưởng",
    signer="Trương Văn Thí Dụ",
    layout=Layout(seed=28, letterhead="tabs"),
)  # fmt: skip

REGULATION_STANDALONE = Document(
    name="truong-quy-dinh-mang-xa-hoi",
    offices=("SỞ GIÁO DỤC VÀ ĐÀO TẠO TỈNH MINH HỌA", "TRƯỜNG TRUNG HỌC PHỔ THÔNG NHÁP"),
    issuer="Trường Trung học phổ thông Nháp",
    parent="Sở Giáo dục và Đào tạo tỉnh Minh Họa",
    kind="Quy định",
    number="54/QyĐ-THPTN",
    place="Minh Họa",
    day=date(2024, 3, 4),
    title="Về ứng xử trên mạng xã hội của học sinh",
    body=(
        Section("chapter", "NHỮNG QUY ĐỊNH CHUNG", (
            Section("article", "Mục đích", (para(22),)),
            Section("article", "Nguyên tắc", (Point("arabic", "Tôn trọng người khác."),
                    Point("arabic", "Không đăng ảnh của bạn khi chưa được đồng ý."))),
        )),
        Section("chapter", "NHỮNG VIỆC NÊN LÀM VÀ KHÔNG NÊN LÀM", (
            Section("article", "Việc nên làm", (*points("letter", 3, 3),)),
            Section("article", "Việc không nên làm", (para(13),)),
            Section("article", "Cách xử lý khi bị quấy rối", (para(25, "Xem thêm " + cited("Nghị định",
                    "147/2024/NĐ-CP", "09/11/2024", "Chính phủ") + "."),)),
        )),
    ),
    recipients=("Các lớp", "Lưu: VT"),
    office="HIỆU TRƯỞNG",
    signer_title="Hiệu trưởng",
    signer="Âu Thị Ví Thử",
    layout=Layout(seed=29, stacked=True),
)  # fmt: skip

PROGRAMME = Document(
    name="tinh-chuong-trinh-phoi-hop",
    offices=("ỦY BAN NHÂN DÂN", "THÀNH PHỐ VÍ DỤ"),
    issuer="Ủy ban nhân dân thành phố Ví Dụ",
    kind="Chương trình",
    number="02/CTr-UBND",
    place="Ví Dụ",
    day=date(2023, 1, 31),
    title="Phối hợp giữa nhà trường, gia đình và xã hội\ngiai đoạn 2023 - 2027",
    opening=("Ủy ban nhân dân thành phố ban hành Chương trình phối hợp như sau:",),
    body=(
        Section(_ARA, "MỤC TIÊU", (
            Section(_DEC, "Mục tiêu chung", (para(24),)),
            Section(_DEC, "Mục tiêu cụ thể", (*points("dash", 8, 3),)),
        )),
        Section(_ARA, "NỘI DUNG PHỐI HỢP", (
            Section(_DEC, "Trong nhà trường", (
                Section(_DEC, "Giờ học", (para(2),)),
                Section(_DEC, "Giờ chơi", (para(10),)),
            )),
            Section(_DEC, "Ở gia đình", (para(4, note="Theo phiếu khảo sát của Hội Phụ nữ tháng 11 năm 2022."),)),
        )),
        Section(_ARA, "TỔ CHỨC THỰC HIỆN", (
            Section(_DEC, "Các phòng, ban", (Point("letter", "Phòng Giáo dục và Đào tạo chủ trì, theo dõi;"),
                    Point("letter", "Phòng Tài chính bố trí kinh phí theo " + cited("Quyết định", "5/2022/QĐ-UBND",
                          "10/01/2022") + ";"),
                    Point("letter", "Phòng Văn hóa đăng tin hằng tháng."))),
            Section(_DEC, "Các đoàn thể", (para(31),)),
        )),
    ),
    recipients=("Thành ủy", "Các phòng, ban", "Lưu: VT"),
    signs_for=("TM. ỦY BAN NHÂN DÂN",),
    office="CHỦ TỊCH",
    signer_title="Chủ tịch",
    signer="Viên Văn Ướm",
    layout=Layout(seed=30, styled=True),
)  # fmt: skip

SUBMISSION = Document(
    name="phong-to-trinh-mua-sam",
    offices=("ỦY BAN NHÂN DÂN QUẬN MẪU", "PHÒNG GIÁO DỤC VÀ ĐÀO TẠO"),
    issuer="Phòng Giáo dục và Đào tạo quận Mẫu",
    parent="Ủy ban nhân dân quận Mẫu",
    kind="Tờ trình",
    number="33/TTr-PGDĐT",
    place="Quận Mẫu",
    day=date(2023, 8, 11),
    title="Về việc mua sắm thiết bị cho các trường năm học 2023 - 2024",
    addressees=("Ủy ban nhân dân quận Mẫu",),
    bases=(basis("Thông tư", "58/2016/TT-BTC", "29/3/2016", "Bộ Tài chính"),),
    opening=("Phòng Giáo dục và Đào tạo kính trình Ủy ban nhân dân quận như sau:",),
    body=(
        Section(_ROM, "SỰ CẦN THIẾT", (para(20),)),
        Section(_ROM, "DANH MỤC ĐỀ NGHỊ", (Grid((
            ("STT", "Tên thiết bị", "Số lượng", "Đơn giá (đồng)", "Thành tiền (đồng)"),
            ("1", "Máy tính để bàn", "40", "12.500.000", "500.000.000"),
            ("2", "Màn hình tương tác", "6", "45.000.000", "270.000.000"),
            ("3", "Bàn ghế học sinh", "120", "1.150.000", "138.000.000"),
            ("", "Cộng", "", "", "908.000.000"),
        ), widths=(1, 4, 2, 3, 3)),)),
        Section(_ROM, "KIẾN NGHỊ", (para(27),)),
    ),
    closing=("Kính trình Ủy ban nhân dân quận xem xét, quyết định./.",),
    recipients=("Như trên", "Lưu: VT"),
    office="TRƯỞNG PHÒNG",
    signer_title="Trưởng phòng",
    signer="Ngô Thị Lấy Mẫu",
    layout=Layout(seed=31),
)  # fmt: skip

SCHOOL_PLAN_SPARE = Document(
    name="truong-ke-hoach-doc-sach",
    offices=("UBND PHƯỜNG VÍ DỤ", "TRƯỜNG TIỂU HỌC PHỎNG CHỪNG"),
    issuer="Trường Tiểu học Phỏng Chừng",
    parent="UBND phường Ví Dụ",
    kind="Kế hoạch",
    number="72/KH-THPC",
    place="Ví Dụ",
    day=date(2026, 1, 5),
    title="Tổ chức Ngày hội đọc sách năm 2026",
    bases=(basis("Thông tư", "905/2025/TT-BGDĐT", "20/8/2025", "Bộ trưởng Bộ Giáo dục và Đào tạo"),),
    opening=("Trường Tiểu học Phỏng Chừng tổ chức Ngày hội đọc sách như sau:",),
    body=(
        Section(_ROM, "THỜI GIAN, ĐỊA ĐIỂM", (
            Point("dash", "Thời gian: sáng thứ Bảy, ngày 21 tháng 3 năm 2026."),
            Point("dash", "Địa điểm: sân trường; nếu mưa thì ở nhà đa năng."),
        ), stop="."),
        Section(_ROM, "NỘI DUNG", (
            Section(_ARA, "Phần lễ", (para(14),), stop=":"),
            Section(_ARA, "Phần hội", (para(26), *points("dash", 13, 2)), stop=":"),
        ), stop="."),
        Section(_ROM, "PHÂN CÔNG NHIỆM VỤ", (Grid((
            ("TT", "Công việc", "Người làm"), ("1", "Trang trí sân khấu", "Tổ 1 và Tổ 2"),
            ("2", "Kê bàn sách", "Lớp 4A, 4B"), ("3", "Dọn vệ sinh", "Lớp 5A"))),), stop="."),
    ),
    recipients=("Các tổ", "Lưu: VT"),
    signs_for=("KT. HIỆU TRƯỞNG",),
    office="PHÓ HIỆU TRƯỞNG",
    signer_title="Phó Hiệu trưởng",
    signer="Lương Thị Chưa Thật",
    annexes=(
        Annex("PHỤ LỤC", "CHƯƠNG TRÌNH NGÀY HỘI", "", (Grid((("Giờ", "Việc"), ("7 giờ 30", "Đón khách"),
              ("8 giờ 00", "Khai mạc"), ("8 giờ 30", "Kể chuyện theo sách"), ("10 giờ 00", "Trao thưởng"))),)),
    ),
    layout=Layout(seed=32),
)  # fmt: skip

DOCUMENTS = (
    SCHEME, PLAN_TABLE_OF_TASKS, LETTER_SHORT, REGULATION_STANDALONE, PROGRAMME, SUBMISSION, SCHOOL_PLAN_SPARE,
)  # fmt: skip
